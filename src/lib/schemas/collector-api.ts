import {isJsonObject, own, type JsonObject} from '../schema-model/json-object'
import {writeOpenApi30} from '../schema-model/write/open-api'
import {builtInSchema} from './built-in-schema'

const eventName = '#/components/schemas/UsageEvent'
const problemName = '#/components/schemas/Problem'

/** Where nothing is said, the address is left to whoever reads the document. */
const anyServer = {
  url: 'https://{host}',
  description: 'The collector',
  variables: {host: {default: 'collector.example.com', description: 'Host name of the collector'}},
}

/** A value made of the examples in a schema; undefined where it has none. */
function exampleOf(schema: unknown): unknown {
  const example = own(schema, 'example')
  const properties = own(schema, 'properties')
  if (example !== undefined || !isJsonObject(properties)) return example
  const members = Object.entries(properties).map(([key, child]): [string, unknown] => [key, exampleOf(child)])
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

/** An answer that takes nothing: RFC 9457. */
function problem(
  description: string,
  status: number,
  title: string,
  detail: string,
  more: object = {},
): object {
  const example = {type: 'about:blank', title, status, detail, ...more}
  return {description, content: {'application/problem+json': {schema: {$ref: problemName}, example}}}
}

function later(answer: object): object {
  const header = {
    description: 'Seconds to wait before the same request is sent again.',
    schema: {type: 'integer'},
  }
  return {...answer, headers: {'Retry-After': header}}
}

const responses = {
  '202': {
    description: 'All events were taken and are kept.',
    content: {
      'application/json': {schema: {$ref: '#/components/schemas/Accepted'}, example: {acceptedCount: 1}},
    },
  },
  '400': problem(
    'The body is not JSON, or an event in it is not valid. Nothing of it was taken.',
    ...([400, 'Bad Request', 'An event is not valid.'] as const),
    {errors: [{index: 0, path: '/service', message: 'must have required property name'}]},
  ),
  '401': problem(
    'The key is missing or not known.',
    ...([401, 'Unauthorized', 'The header x-api-key is missing.'] as const),
  ),
  '413': problem(
    'The body is larger than the collector takes. Send fewer events at once.',
    ...([413, 'Content Too Large', 'The body is larger than 1 MiB.'] as const),
  ),
  '429': later(
    problem('Too many requests with this key.', 429, 'Too Many Requests', 'Wait before you send more.'),
  ),
  '503': later(
    problem(
      'The collector cannot take events now. Nothing of the body was taken.',
      ...([503, 'Service Unavailable', 'Send the same body again.'] as const),
    ),
  ),
}

const ownSchemas = {
  Accepted: {
    type: 'object',
    required: ['acceptedCount'],
    properties: {acceptedCount: {type: 'integer', minimum: 1, description: 'Events that were taken.'}},
  },
  Problem: {
    type: 'object',
    description: 'What went wrong (RFC 9457).',
    required: ['type', 'title', 'status'],
    properties: {
      type: {type: 'string'},
      title: {type: 'string'},
      status: {type: 'integer', minimum: 400, maximum: 599},
      detail: {type: 'string'},
      errors: {
        type: 'array',
        description: 'The faults of single events.',
        items: {
          type: 'object',
          required: ['index', 'message'],
          properties: {
            index: {type: 'integer', minimum: 0, description: 'Place of the event in the body, from 0.'},
            path: {type: 'string', description: 'JSON pointer in the event.'},
            message: {type: 'string'},
          },
        },
      },
    },
  },
}

function requestBody(event: unknown): object {
  const one = exampleOf(event)
  const another = isJsonObject(one) ? {...one, eventId: '0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b22'} : one
  return {
    required: true,
    description: 'One usage event, or a list of them.',
    content: {
      'application/json': {
        schema: {oneOf: [{$ref: eventName}, {type: 'array', minItems: 1, items: {$ref: eventName}}]},
        examples: {
          one: {summary: 'One event', value: one},
          batch: {summary: 'Several events', value: [one, another]},
        },
      },
    },
  }
}

/**
 * The document with which other teams call the tracker: the collector's `POST /events` as OpenAPI 3.0, which gateways import, made from the
 * contract of the usage event. `servers` are the addresses of collectors; without any the host is a variable.
 */
export function collectorApi(servers: readonly string[]): JsonObject {
  const {document} = writeOpenApi30([builtInSchema()], {title: 'Usage events', version: '1.0.0'})
  const schemas = own(own(document, 'components'), 'schemas') as JsonObject
  const post = {
    operationId: 'sendUsageEvents',
    summary: 'Send usage events',
    description:
      'An event that is sent twice keeps its eventId and is counted once, so whatever was not answered can be sent again.',
    tags: ['events'],
    requestBody: requestBody(schemas.UsageEvent),
    responses,
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Usage events',
      version: '1.0.0',
      description: 'Takes one usage event for each call of an API operation.',
    },
    servers: servers.length > 0 ? servers.map((url) => ({url})) : [anyServer],
    security: [{apiKey: []}],
    tags: [{name: 'events', description: 'Usage events'}],
    paths: {'/events': {post}},
    components: {
      securitySchemes: {apiKey: {type: 'apiKey', in: 'header', name: 'x-api-key'}},
      schemas: {...schemas, ...ownSchemas},
    },
  }
}
