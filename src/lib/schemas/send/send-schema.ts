import {OpError} from '../../core/errors'
import type {SendSchema} from '../../events/send-schema'
import type {PublishEntry} from '../../publish/put-entry'
import {compileSchema, type SchemaCheck} from '../../schema-model/check/schema-check'
import {detailOf, isEventSchema} from '../../schema-model/detail'
import {isJsonObject, type JsonObject} from '../../schema-model/json-object'
import {createSampler, type SampleOptions} from '../../schema-model/sample/sampler'
import type {SchemaDocument} from '../../schema-model/schema-document'
import {openSchema} from '../open/open-schema'
import {refuseStdinTwice} from '../open/refuse-stdin-twice'
import type {SchemaPorts} from '../open/schema-ports'

export interface SendSchemaRequest {
  schema: string
  registry?: string | undefined
  /** Where the events are read from, if they are. */
  file?: string | undefined
  count?: number | undefined
}

/**
 * The schema of the events that are sent: makes their details, and checks them. Of the schema of a whole event it is the detail that counts, and its source
 * and detail type go before those of the settings. Loads ajv. Throws `STDIN_TWICE` (usage) and what `openSchema` and `compileSchema` throw.
 */
export async function openSendSchema(request: SendSchemaRequest, ports: SchemaPorts): Promise<SendSchema> {
  if (request.count === undefined) refuseStdinTwice(request.schema, request.file)
  const {document} = await openSchema(request.schema, request.registry, ports)
  const {source, detailType} = document
  const detail = isEventSchema(document) ? detailOf(document) : document
  const check = compileSchema(detail)
  return {
    check: (value) => check(value).map(({path, message}) => `${path} ${message}`),
    generate: async ({count, seed, from, to, test, ...settings}) =>
      entries(detail, check, {
        ...{count, isTest: test},
        source: source ?? settings.source,
        detailType: detailType ?? settings.detailType,
        sampled: {seed, range: {from, to}},
      }),
  }
}

interface Wanted {
  count: number
  isTest: boolean
  source: string
  detailType: string
  sampled: SampleOptions
}

async function* entries(
  document: SchemaDocument,
  check: SchemaCheck,
  {count, isTest, source, detailType, sampled}: Wanted,
): AsyncGenerator<PublishEntry> {
  const sampler = await createSampler(document, sampled)
  for (let number = 1; number <= count; number++) {
    const detail = marked(objectOf(sampler.next(), document), isTest, check)
    const at = typeof detail['occurredAt'] === 'string' ? Date.parse(detail['occurredAt']) : NaN
    const {from, to} = sampled.range
    // Spread over the range, where the event itself has no time.
    const time = Number.isNaN(at) ? from + Math.floor(((to - from) * (number - 0.5)) / count) : at
    yield {
      entry: {Source: source, DetailType: detailType, Detail: JSON.stringify(detail), Time: new Date(time)},
      position: `event ${number}`,
    }
  }
}

function objectOf(value: unknown, {name}: SchemaDocument): JsonObject {
  if (isJsonObject(value)) return value
  throw new OpError(
    'usage',
    'NO_EVENT_DETAIL',
    `${name} is not the schema of objects, and a detail is one.`,
    {
      hint: 'Name the schema of an event, or of its detail.',
    },
  )
}

/** `test` of a usage event says whether reports leave it out; of another schema it is left as it is. */
function marked(detail: JsonObject, isTest: boolean, check: SchemaCheck): JsonObject {
  const {test, ...others} = detail
  const wanted = isTest ? {...others, test: true} : others
  if (isTest ? test === true : test !== true) return detail
  return check(wanted).length === 0 ? wanted : detail
}
