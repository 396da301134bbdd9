import type {Column, Row} from '../../core/column'
import {columnName, type LearntField} from '../../road/event-columns'
import {deepestPath, fieldKey, isColumnStep, mostLearnt, takenColumns} from '../../road/learnt-fields'
import {mostMembers, type FieldTally, type SeenField} from './field-tally'
import {isColumnType} from './value-type'

/** The columns of the table of findings. */
export const fieldColumns: readonly Column[] = [
  {key: 'field', header: 'field', type: 'text'},
  {key: 'column', header: 'column', type: 'text'},
  {key: 'seen', header: 'seen', type: 'text'},
  {key: 'events', header: 'events', type: 'integer'},
  {key: 'finding', header: 'finding', type: 'text'},
]

/** A field that can have a column and has none. */
export interface FreshField extends LearntField {
  /** Events that were seen with it, and what kinds of values. */
  events: number
  kinds: ReadonlySet<string>
}

/** What follows from a look at events. */
export interface SettledFields {
  fresh: FreshField[]
  /** Rows of `fieldColumns`: fields that can have none, and why, and values that a column cannot hold. */
  findings: Row[]
}

/**
 * Which of the fields that a tally has noted can have columns, beside those that are learnt already. Where there may be no more, those that most events
 * have come first. `names` are those of the columns that there are. Pure.
 */
export function settleFields(
  tally: FieldTally,
  learnt: readonly LearntField[],
  names: ReadonlySet<string> = new Set(),
): SettledFields {
  const {candidates, findings} = sortOut(tally.fields)
  const fresh: FreshField[] = []
  const byEvents = candidates.sort(
    (a, b) => b.events - a.events || (fieldKey(a.path) < fieldKey(b.path) ? -1 : 1),
  )
  for (const field of byEvents) {
    const known = [...learnt, ...fresh]
    const name = columnName(field.path)
    if (known.length >= mostLearnt)
      findings.push(without(field, `${mostLearnt} were learnt, and no more are`))
    else if (names.has(name) || takenColumns(known).has(name))
      findings.push(without(field, `another one is called ${name}`))
    else fresh.push(field)
  }
  return {fresh, findings: findings.sort(byName)}
}

/** Everything that a tally has noted, as rows of `fieldColumns`: fields that may have a column but have none, and the findings. Pure. */
export function fieldFindings(tally: FieldTally, learnt: readonly LearntField[]): Row[] {
  const {fresh, findings} = settleFields(tally, learnt)
  return [...fresh.map((field) => without(field)), ...findings].sort(byName)
}

/** The row of a field that has no column, and why where there is more to say. */
function without({path, events, kinds}: Pick<FreshField, 'path' | 'events' | 'kinds'>, why?: string): Row {
  const finding = why === undefined ? 'no column has it' : `no column has it: ${why}`
  return {field: path.join('.'), events, finding, seen: [...kinds].sort().join(', ')}
}

function byName({field: a}: Row, {field: b}: Row): number {
  return String(a) < String(b) ? -1 : 1
}

/** Fields that could have columns, and findings of the others. What stands below an object that can have none is passed over. */
function sortOut(fields: readonly SeenField[]): {candidates: FreshField[]; findings: Row[]} {
  const candidates: FreshField[] = []
  const findings: Row[] = []
  const closed: (readonly string[])[] = []
  for (const field of [...fields].sort((a, b) => a.path.length - b.path.length)) {
    if (closed.some((outer) => isBelow(field.path, outer))) continue
    if (field.column) {
      findings.push(lost(field, `${field.column.name} ${field.column.type}`))
      continue
    }
    const why = reasonOf(field)
    if (why === undefined && field.type === undefined && field.members.size > 0) continue
    if (why === undefined && field.type !== undefined) {
      candidates.push({path: field.path, hiveType: field.type, events: field.events, kinds: field.kinds})
      continue
    }
    findings.push(without(field, why))
    if (!field.isStruct) closed.push(field.path)
  }
  return {candidates, findings}
}

/** Why a field can have no column; undefined where it can, or where nothing of it is to be seen but empty objects. */
function reasonOf({path, kinds, type, members, isStruct}: SeenField): string | undefined {
  if (path.length === 0) return 'the detail of an event is an object'
  if (isStruct) return 'columns have members of it'
  if (!isColumnStep(path.at(-1) ?? '')) return 'a column cannot be called so'
  if (members.size > mostMembers) return `it has more than ${mostMembers} members`
  if (kinds.has('object') && type !== undefined) return 'it is an object in some events only'
  if (kinds.has('object') && path.length >= deepestPath) return 'it lies too deep'
  if (type === undefined || isColumnType(type)) return undefined
  return type === 'array<>' ? 'only empty lists were seen' : 'its lists hold more than plain values'
}

/** The row of a field whose column cannot hold values of it. */
function lost({path, events, kinds}: SeenField, column: string): Row {
  const seen = [...kinds].sort().join(', ')
  return {field: path.join('.'), column, events, seen, finding: 'queries see NULL'}
}

function isBelow(path: readonly string[], outer: readonly string[]): boolean {
  return (
    path.length > outer.length &&
    outer.every((step, place) => step.toLowerCase() === path[place]?.toLowerCase())
  )
}
