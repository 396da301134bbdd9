import {isJsonObject, type JsonObject} from '../schema-model/json-object'
import {openApiFromJsonSchema} from '../schema-model/openapi-from-json-schema'
import {toJsonSchemaDraft4} from '../schema-model/to-json-schema-draft4'
import usageEventSchema from '../usage-event/usage-event.schema.json'
import type {ExportForm} from './export-form'
import type {ExportedSchema} from './exported-schema'

/** The name of the contract that the tool itself carries. */
export const builtInName = 'usage-event'

/** A copy without the `x-` members, which say how the lake stores a field and mean nothing to other teams. */
function withoutExtensions(value: unknown, isNamed = false): unknown {
  if (Array.isArray(value)) return value.map((member) => withoutExtensions(member))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).filter(([key]) => isNamed || !key.startsWith('x-'))
  return Object.fromEntries(
    entries.map(([key, member]) => [key, withoutExtensions(member, !isNamed && key === 'properties')]),
  )
}

/** The contract of the usage event (the `detail` of its events) in the asked-for form. Needs no registry and no account. */
export function exportBuiltIn(form: ExportForm): ExportedSchema {
  const schema = withoutExtensions(usageEventSchema) as JsonObject
  const {document, losses} = openApiFromJsonSchema(schema, {title: 'UsageEvent', version: '1.0.0'})
  return {
    name: builtInName,
    form,
    document: form === 'openapi3' ? document : toJsonSchemaDraft4(document),
    losses,
  }
}
