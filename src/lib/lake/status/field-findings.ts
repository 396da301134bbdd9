import type {Column, Row} from '../../core/column'
import {usageEventColumns} from '../../usage-event/columns'

/** The columns of the table of fields. */
export const fieldColumns: readonly Column[] = [
  {key: 'field', header: 'field', type: 'text'},
  {key: 'column', header: 'column', type: 'text'},
  {key: 'seen', header: 'seen', type: 'text'},
  {key: 'events', header: 'events', type: 'integer'},
  {key: 'finding', header: 'finding', type: 'text'},
]

interface Found {
  column: string
  events: number
  seen: Set<string>
  finding: string
}

/**
 * Fields of events that the tables do not do justice to: those that no column has, and values that a column of their type cannot hold, which queries see as
 * NULL. Raw objects keep both. `details` are those of usage events; rows are in the order of the fields' names. Pure.
 */
export function fieldFindings(details: readonly unknown[]): Row[] {
  const types = new Map(usageEventColumns().map(({column, hiveType}) => [column, hiveType]))
  const found = new Map<string, Found>()
  const note = (field: string, column: string, value: unknown) => {
    const finding = column === '' ? 'no column has it' : 'queries see NULL'
    const one = found.get(field) ?? {column, events: 0, seen: new Set<string>(), finding}
    one.events += 1
    one.seen.add(kindOf(value))
    found.set(field, one)
  }
  const visit = (value: unknown, path: readonly string[]) => {
    const field = path.join('.')
    const column = field.toLowerCase()
    const type = types.get(column)
    if (value === null || value === undefined) return
    if (type !== undefined) {
      if (!isHeld(type, value)) note(field, `${column} ${type}`, value)
    } else if (isObject(value) && (path.length === 0 || hasColumnsBelow(column, types))) {
      for (const [key, member] of Object.entries(value)) visit(member, [...path, key])
    } else note(field, '', value)
  }
  for (const detail of details) visit(detail, [])
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, {column, events, seen, finding}]) => ({
      ...{field, events, finding, seen: [...seen].sort().join(', ')},
      ...(column !== '' && {column}),
    }))
}

function hasColumnsBelow(column: string, types: ReadonlyMap<string, string>): boolean {
  return [...types.keys()].some((name) => name.startsWith(`${column}.`))
}

/** Whether the SerDe reads a value as this type. Text holds every scalar; numbers and booleans may stand in quotes. */
function isHeld(type: string, value: unknown): boolean {
  if (type.startsWith('map<')) return isObject(value)
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false
  const text = String(value)
  switch (type) {
    case 'int':
    case 'bigint':
      return /^-?\d+$/.test(text)
    case 'double':
      return text.trim() !== '' && !Number.isNaN(Number(text))
    case 'boolean':
      return /^(true|false)$/i.test(text)
    default:
      return true
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value
}
