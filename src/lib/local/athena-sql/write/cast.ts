import {duckDbType, quoteName, quoteText, type HiveType} from '../hive-type'
import type {TrinoType} from '../trino/type'

const wholeNumbers = new Set(['tinyint', 'smallint', 'int', 'integer', 'bigint'])
const fractions = new Set(['real', 'double'])

/**
 * SQL of a value of the one type as the other, which it is insertable into, as Trino casts it: half away from zero, rows by
 * place, times to the millisecond, and no text is cut.
 */
export function castTo(to: HiveType, from: TrinoType, input: string, depth = 0): string {
  if (isText(to, from)) return input
  if (from.kind === 'array' && to.kind === 'array') return castArray(to.element, from.element, input, depth)
  if (from.kind === 'map' && to.kind === 'map') return castMap(to, from, input, depth)
  if (from.kind === 'row' && to.kind === 'struct') {
    const fields = to.fields.map(({name, type}, place) => {
      const found = from.fields[place]?.type ?? {kind: 'scalar', name: 'unknown', arguments: ''}
      return `${quoteName(name)} := ${castTo(type, found, `struct_extract_at(${input}, ${place + 1})`, depth)}`
    })
    return `CASE WHEN ${input} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`
  }
  return castScalar(to, from, input)
}

/** Whether it is text through and through, of any length: nothing is to be done with it then, entry by entry. */
function isText(to: HiveType, from: TrinoType): boolean {
  if (to.kind === 'scalar') return to.name === 'string' && from.kind === 'scalar' && from.name === 'varchar'
  if (to.kind === 'array') return from.kind === 'array' && isText(to.element, from.element)
  return to.kind === 'map' && from.kind === 'map' && isText(to.key, from.key) && isText(to.value, from.value)
}

function castScalar(to: HiveType, from: TrinoType, input: string): string {
  if (to.kind !== 'scalar' || from.kind !== 'scalar') return `CAST(${input} AS ${duckDbType(to)})`
  if (wholeNumbers.has(to.name) && fractions.has(from.name))
    return `CAST(round(${input}) AS ${duckDbType(to)})`
  if (to.name === 'timestamp') return `CAST(${input} AS TIMESTAMP_MS)`
  const limit = Number(to.arguments)
  if ((to.name === 'varchar' || to.name === 'char') && limit > 0)
    return uncut(input, `${to.name}(${limit})`, limit)
  return `CAST(${input} AS ${duckDbType(to)})`
}

/** Trino cuts blanks at the end of a text that is inserted, and nothing else. */
function uncut(input: string, type: string, limit: number): string {
  const message = `INVALID_CAST_ARGUMENT: Cannot truncate non-space characters when casting from varchar to ${type} on INSERT`
  return `CASE WHEN length(rtrim(${input})) > ${limit} THEN error(${quoteText(message)}) ELSE left(${input}, ${limit}) END`
}

function castArray(to: HiveType, from: TrinoType, input: string, depth: number): string {
  const element = `e${depth}`
  return `list_transform(${input}, lambda ${element}: ${castTo(to, from, element, depth + 1)})`
}

function castMap(
  to: HiveType & {kind: 'map'},
  from: TrinoType & {kind: 'map'},
  input: string,
  depth: number,
): string {
  const entry = `e${depth}`
  const key = castTo(to.key, from.key, `${entry}.key`, depth + 1)
  const value = castTo(to.value, from.value, `${entry}.value`, depth + 1)
  return `map_from_entries(list_transform(map_entries(${input}), lambda ${entry}: {'k': ${key}, 'v': ${value}}))`
}
