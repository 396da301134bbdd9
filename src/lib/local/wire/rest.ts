import {JsonCodec2, XmlCodec} from '@aws-sdk/core/protocols'
import type {NormalizedSchema} from '@smithy/core/schema'
import {ServiceError} from '../service-error'
import {readBoundMembers, writeBoundMembers} from './http-bindings'
import {parseJsonBody} from './json-rpc'
import type {WireRequest, WireResponse} from './messages'
import type {WireProtocol} from './protocol'
import {decode, matchRest, type RestMatch, type RestTarget} from './rest-routes'
import {requiredMembers, shapeReader} from './shape-reader'
import {escapeXml, xmlDocument} from './xml'

/** How the two REST protocols differ: in bodies and in errors. */
interface Body {
  contentType: string
  /** The error that names a missing required member. */
  missingCode: string
  /** A body that is one member's document. */
  readDocument(body: Buffer, member: NormalizedSchema): Promise<unknown>
  /** A body that holds the members which are bound to nothing else. */
  readMembers(
    body: Buffer,
    input: NormalizedSchema,
    members: [string, NormalizedSchema][],
  ): Promise<Record<string, unknown>>
  write(value: unknown, schema: NormalizedSchema): string | Uint8Array
  target(request: WireRequest): RestTarget
  error(
    error: ServiceError,
    request: WireRequest,
    requestId: string,
  ): {headers: Record<string, string>; body: string}
}

/** REST-JSON (Schemas): members in path, query, headers and a JSON body whose timestamps are ISO-8601. */
export function restJson(): WireProtocol {
  const codec = new JsonCodec2({timestampFormat: {useTrait: true, default: 7}, jsonName: true})
  return rest({
    contentType: 'application/json',
    missingCode: 'BadRequestException',
    readDocument: async (body, member) => shapeReader(member, 'json')(parseJsonBody(body), ''),
    readMembers: async (body, _input, members) => readJsonMembers(parseJsonBody(body), members),
    write: (value, schema) => {
      const serializer = codec.createSerializer()
      serializer.write(schema, value)
      return serializer.flush()
    },
    target: (request) => ({path: request.rawPath, bucket: undefined}),
    error: (error) => ({
      headers: {'x-amzn-ErrorType': error.code},
      // The model requires both members under these names (unlike the RPC protocols' `message`).
      body: JSON.stringify({Code: error.code, Message: error.message, ...error.members}),
    }),
  })
}

function readJsonMembers(body: unknown, members: [string, NormalizedSchema][]): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ServiceError('BadRequestException', 'The request body is not a JSON object.')
  }
  const from = body as Record<string, unknown>
  const into: Record<string, unknown> = {}
  for (const [name, member] of members) {
    const raw = from[member.getMergedTraits().jsonName ?? name]
    if (raw !== undefined && raw !== null) into[name] = shapeReader(member, 'json')(raw, name)
  }
  return into
}

/** REST-XML (S3). The bucket is the path's first segment or the host name's first label. */
export function restXml(namespace: string): WireProtocol {
  const codec = new XmlCodec({
    timestampFormat: {useTrait: true, default: 5},
    httpBindings: true,
    xmlNamespace: namespace,
    serviceNamespace: namespace,
  } as never)
  const read = async (body: Buffer, schema: NormalizedSchema) => {
    try {
      return (await codec.createDeserializer().read(schema, body)) as Record<string, unknown>
    } catch {
      throw new ServiceError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      )
    }
  }
  return rest({
    contentType: 'application/xml',
    missingCode: 'InvalidRequest',
    readDocument: read,
    readMembers: read,
    write: (value, schema) => {
      const alone = soleText(schema, value, namespace)
      if (alone !== undefined) return xmlDocument(alone)
      const serializer = codec.createSerializer()
      serializer.write(schema, value)
      return xmlDocument(String(serializer.flush()))
    },
    target: bucketTarget,
    error: (error, request, requestId) => ({
      headers: {},
      body:
        request.method === 'HEAD'
          ? ''
          : xmlDocument(
              `<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message><Resource>${escapeXml(request.rawPath)}</Resource><RequestId>${requestId}</RequestId></Error>`,
            ),
    }),
  })
}

/**
 * A document whose root has the name of its only member is that member (`<LocationConstraint>eu-west-1</LocationConstraint>`);
 * the serializer would write it inside itself.
 */
function soleText(schema: NormalizedSchema, value: unknown, namespace: string): string | undefined {
  const members = schema.isStructSchema() ? [...schema.structIterator()] : []
  const [name = '', member] = members[0] ?? []
  if (members.length !== 1 || !member?.isStringSchema() || schema.getMergedTraits().xmlName !== name)
    return undefined
  const text = (value as Record<string, unknown>)[name]
  return `<${name} xmlns="${namespace}">${typeof text === 'string' ? escapeXml(text) : ''}</${name}>`
}

function rest(form: Body): WireProtocol {
  const matches = new WeakMap<WireRequest, RestMatch & {target: RestTarget}>()
  return {
    route(request, schemas) {
      const target = form.target(request)
      const match = matchRest(request, target, schemas)
      if (match) matches.set(request, {...match, target})
      return {name: match?.shape.name ?? `${request.method} ${request.rawPath}`, shape: match?.shape}
    },
    async readInput(request, shape) {
      const match = matches.get(request)
      if (!match || !shape.input.isStructSchema()) return {}
      const labels =
        match.target.bucket === undefined ? match.labels : {...match.labels, Bucket: match.target.bucket}
      const bound = readBoundMembers(request, shape.input, labels)
      const input = {...(await readBody(form, request, shape.input)), ...bound}
      checkRequired(form, shape.input, input)
      return input
    },
    writeOutput(output, shape, requestId) {
      return writeRest(form, output as Record<string, unknown>, shape, requestId)
    },
    writeError(error, schemas, requestId, request) {
      const {httpError} = schemas.errorTraits(error.code)
      const {headers, body} = form.error(error, request, requestId)
      return {
        status: httpError ?? error.status,
        headers: {'content-type': form.contentType, ...requestIds(requestId), ...headers},
        body,
      }
    },
  }
}

async function readBody(
  form: Body,
  request: WireRequest,
  input: NormalizedSchema,
): Promise<Record<string, unknown>> {
  const members = [...input.structIterator()]
  const payload = members.find(([, member]) => member.getMergedTraits().httpPayload)
  if (payload) return readPayload(form, request, payload)
  const inBody = members.filter(([, member]) => !isBound(member))
  return inBody.length === 0 || request.body.length === 0 ? {} : form.readMembers(request.body, input, inBody)
}

async function readPayload(form: Body, request: WireRequest, [name, member]: [string, NormalizedSchema]) {
  if (member.isBlobSchema()) return {[name]: request.stream ?? request.body}
  if (request.body.length === 0) return {}
  if (member.isStringSchema()) return {[name]: request.body.toString('utf8')}
  return {[name]: await form.readDocument(request.body, member)}
}

function isBound(member: NormalizedSchema): boolean {
  const {httpLabel, httpQuery, httpHeader, httpPrefixHeaders} = member.getMergedTraits()
  return Boolean(httpLabel ?? httpQuery ?? httpHeader) || httpPrefixHeaders !== undefined
}

function checkRequired(form: Body, input: NormalizedSchema, value: Record<string, unknown>): void {
  for (const name of requiredMembers(input)) {
    if (value[name] === undefined) throw new ServiceError(form.missingCode, `The request must hold ${name}.`)
  }
}

function writeRest(
  form: Body,
  output: Record<string, unknown>,
  shape: {output: NormalizedSchema; http: {status: number} | undefined},
  requestId: string,
): WireResponse {
  const success = shape.http?.status ?? 200
  if (!shape.output.isStructSchema())
    return {status: success, headers: requestIds(requestId), body: undefined}
  const bound = writeBoundMembers(output, shape.output)
  const headers: Record<string, string> = {
    'content-type': form.contentType,
    ...requestIds(requestId),
    ...bound.headers,
  }
  // A part of a representation is answered with 206 (RFC 9110, 15.3.7); the model knows one status only.
  const status = bound.status ?? (headers['content-range'] === undefined ? success : 206)
  if (!bound.payload) {
    return {status, headers, body: bound.bodyMembers > 0 ? form.write(output, shape.output) : undefined}
  }
  const {member, value} = bound.payload
  if (value === undefined) return {status, headers, body: undefined}
  const raw = member.isBlobSchema() || member.isStringSchema()
  return {status, headers, body: raw ? (value as WireResponse['body']) : form.write(value, member)}
}

function requestIds(requestId: string): Record<string, string> {
  return {'x-amzn-RequestId': requestId, 'x-amz-request-id': requestId}
}

/** `/bucket/key` and, for host names such as `bucket.localhost`, `/key` (the JavaScript SDK does that for named hosts). */
function bucketTarget(request: WireRequest): RestTarget {
  const host = (request.headers.host ?? '').split(':')[0] ?? ''
  const virtual = /^(.+)\.localhost$/.exec(host)
  if (virtual?.[1]) return {path: request.rawPath, bucket: virtual[1]}
  const [, bucket = '', ...rest] = request.rawPath.split('/')
  if (bucket === '') return {path: '/', bucket: undefined}
  return {path: `/${rest.join('/')}`, bucket: decode(bucket)}
}
