import {Ajv2020} from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import schema from './usage-event.schema.json'
import type {UsageEventValidator} from './validate'

/** Compiles `usage-event.schema.json`. Loads ajv: import this file only where something is validated. */
export function compileContract(): UsageEventValidator {
  const ajv = new Ajv2020({allErrors: true, strict: true, allowUnionTypes: true})
  ajv.addVocabulary(['x-hive-type'])
  addFormats(ajv)
  const validate = ajv.compile(schema)
  return (value) => {
    if (validate(value)) return []
    return (validate.errors ?? []).map((e) => `${nameOf(e.instancePath)} ${e.message ?? 'is not valid'}`)
  }
}

/** `/response/status` -> `response.status`. */
function nameOf(pointer: string): string {
  return pointer === '' ? 'the event' : pointer.slice(1).replaceAll('/', '.')
}
