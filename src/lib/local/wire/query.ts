import {XmlShapeSerializer} from '@aws-sdk/core/protocols'
import {type NormalizedSchema} from '@smithy/core/schema'
import type {WireProtocol} from './protocol'
import {shapeReader} from './shape-reader'
import {escapeXml, xmlDocument} from './xml'

/**
 * AWS Query (IAM, STS, and older clients of CloudWatch): a form with `Action`, `Version` and dotted names (`Tags.member.1.Key`), answered in XML inside
 * `<XResponse><XResult>`.
 */
export function query(namespace: string): WireProtocol {
  const settings = {
    timestampFormat: {useTrait: true, default: 5 as const},
    httpBindings: false,
    xmlNamespace: namespace,
    serviceNamespace: namespace,
  }
  return {
    route(request, schemas) {
      const name = new URLSearchParams(request.body.toString('utf8')).get('Action') ?? ''
      return {name, shape: schemas.operation(name)}
    },
    readInput(request, shape) {
      if (shape.input.isUnitSchema()) return {}
      const form = new Map(new URLSearchParams(request.body.toString('utf8')))
      return shapeReader(shape.input, 'text')(fromForm(form, '', shape.input) ?? {}, '')
    },
    writeOutput(output, shape, requestId) {
      let result = ''
      if (shape.output.isStructSchema()) {
        const serializer = new XmlShapeSerializer(settings)
        serializer.write(shape.output, output)
        const xml = serializer.flush() as string
        // The serializer names the root after the shape; the protocol wants it after the operation.
        result = `<${shape.name}Result>${innerXml(xml)}</${shape.name}Result>`
      }
      return xmlAnswer(
        200,
        requestId,
        `<${shape.name}Response xmlns="${namespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${shape.name}Response>`,
      )
    },
    writeError(error, schemas, requestId) {
      const {awsQueryError, httpError} = schemas.errorTraits(error.code) as {
        awsQueryError?: [string, number]
        httpError?: number
      }
      // A model names its error shapes otherwise than the wire (`NoSuchEntityException` is sent as `NoSuchEntity`).
      const code = error.queryCode ?? awsQueryError?.[0] ?? error.code
      return xmlAnswer(
        awsQueryError?.[1] ?? httpError ?? error.status,
        requestId,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      )
    },
  }
}

function xmlAnswer(status: number, requestId: string, xml: string) {
  return {
    status,
    headers: {'content-type': 'text/xml', 'x-amzn-RequestId': requestId},
    body: xmlDocument(xml),
  }
}

function innerXml(xml: string): string {
  if (/^<[^>]*\/>$/.test(xml)) return ''
  return xml.slice(xml.indexOf('>') + 1, xml.lastIndexOf('<'))
}

/** Gathers the form's dotted names into the shape they describe; undefined where none of them begins with `prefix`. */
function fromForm(form: Map<string, string>, prefix: string, schema: NormalizedSchema): unknown {
  if (schema.isStructSchema()) {
    const into: Record<string, unknown> = {}
    for (const [name, member] of schema.structIterator()) {
      const wireName = member.getMergedTraits().xmlName ?? name
      const value = fromForm(form, prefix === '' ? wireName : `${prefix}.${wireName}`, member)
      if (value !== undefined) into[name] = value
    }
    return prefix === '' || Object.keys(into).length > 0 ? into : undefined
  }
  if (schema.isListSchema()) return listFromForm(form, prefix, schema)
  if (schema.isMapSchema()) return mapFromForm(form, prefix, schema)
  return form.get(prefix)
}

function listFromForm(
  form: Map<string, string>,
  prefix: string,
  schema: NormalizedSchema,
): unknown[] | undefined {
  const base = schema.getMergedTraits().xmlFlattened
    ? prefix
    : `${prefix}.${schema.getValueSchema().getMergedTraits().xmlName ?? 'member'}`
  const items: unknown[] = []
  for (let i = 1; ; i += 1) {
    const item = fromForm(form, `${base}.${i}`, schema.getValueSchema())
    if (item === undefined) return items.length > 0 || form.get(prefix) === '' ? items : undefined
    items.push(item)
  }
}

function mapFromForm(form: Map<string, string>, prefix: string, schema: NormalizedSchema): unknown {
  const base = schema.getMergedTraits().xmlFlattened ? prefix : `${prefix}.entry`
  const into: Record<string, unknown> = {}
  for (let i = 1; ; i += 1) {
    const key = form.get(`${base}.${i}.key`)
    if (key === undefined) return i === 1 ? undefined : into
    into[key] = fromForm(form, `${base}.${i}.value`, schema.getValueSchema())
  }
}
