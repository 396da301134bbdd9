import {builtInName} from '../core/schema-source'
import {isJsonObject} from '../schema-model/json-object'
import {readSchemaDocument, type SchemaDocument} from '../schema-model/schema-document'
import usageEventSchema from '../usage-event/usage-event.schema.json'

/** A copy without the `x-` members, which say how the lake stores a field and mean nothing to other teams. */
function withoutExtensions(value: unknown, isNamed = false): unknown {
  if (Array.isArray(value)) return value.map((member) => withoutExtensions(member))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).filter(([key]) => isNamed || !key.startsWith('x-'))
  return Object.fromEntries(
    entries.map(([key, member]) => [key, withoutExtensions(member, !isNamed && key === 'properties')]),
  )
}

/** The contract of the usage event: the `detail` of its events. Needs no registry and no account. */
export function builtInSchema(): SchemaDocument {
  const document = readSchemaDocument(withoutExtensions(usageEventSchema), {name: builtInName, version: '1'})
  return {...document, title: 'UsageEvent'}
}
