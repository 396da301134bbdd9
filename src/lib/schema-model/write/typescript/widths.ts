import {isJsonObject} from '../../json-object'
import {inPlaceReferences} from '../../read/endless'
import {definitionPrefix} from '../../read/schema-reader'

function size(list: unknown): number {
  return Array.isArray(list) ? list.length : 1
}

/** How many alternatives a schema's type has by what it says itself. Bounded, since all that matters is whether it is too many. */
function widthOf(schema: unknown, known: ReadonlyMap<string, number>): number {
  if (!isJsonObject(schema)) return 1
  const own = Array.isArray(schema.enum)
    ? schema.enum.length
    : size(schema.type) + Number(schema.type === 'boolean')
  const sum = (list: unknown) =>
    Array.isArray(list) ? list.reduce((total: number, one) => total + widthOf(one, known), 0) : 1
  const product = (list: unknown) =>
    Array.isArray(list) ? list.reduce((total: number, one) => total * widthOf(one, known), 1) : 1
  const referred = typeof schema.$ref === 'string' ? (known.get(schema.$ref) ?? 1) : 1
  return Math.min(1e9, own * sum(schema.anyOf) * sum(schema.oneOf) * product(schema.allOf) * referred)
}

/** The width of each named schema's type, by its name. */
export function typeWidths(schemas: ReadonlyMap<string, unknown>): Map<string, number> {
  const widths = new Map<string, number>()
  const schemaAt = (reference: string) => schemas.get(reference.slice(definitionPrefix.length))
  const entered = new Set<string>()
  const pending = [...schemas.keys()].map((name) => definitionPrefix + name)
  while (pending.length > 0) {
    const reference = pending[pending.length - 1] ?? ''
    const needed = entered.has(reference)
      ? []
      : inPlaceReferences(schemaAt(reference)).filter((other) => !widths.has(other))
    entered.add(reference)
    if (needed.length > 0) {
      pending.push(...needed)
      continue
    }
    pending.pop()
    if (!widths.has(reference)) widths.set(reference, widthOf(schemaAt(reference), widths))
  }
  return widths
}
