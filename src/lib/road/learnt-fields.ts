import {hasTypeOf, hiveTypeText, readHiveType, withMembersOf} from '../core/hive-type'
import type {HiveField, HiveType} from '../core/hive-type'
import {detailHiveType, usageEventColumns} from '../usage-event/columns'
import {columnName, eventColumns, type LearntField} from './event-columns'

/** A column of a table as the catalog has it. */
interface CatalogColumn {
  Name?: string | undefined
  Type?: string | undefined
  Comment?: string | undefined
}

/** Columns that the tables and the view have besides those of events, and names that the statements of a compaction use. */
const takenNames = ['arrival', 'batch', 'dt', 'event_day', 'hour', 'until_dt']

/** Hive knows letters, digits and underscores; a name that begins with a letter needs no care anywhere. */
const stepForm = /^[a-z][a-z0-9_]{0,63}$/i

/** A path no deeper than this has a column. */
export const deepestPath = 4

/** So many columns are learnt and no more: names of fields come from producers, and one may put ids into them. */
export const mostLearnt = 50

/** True where a name of a field can be one of a column. */
export function isColumnStep(step: string): boolean {
  return stepForm.test(step)
}

/** Names that no learnt column can have: those of the columns that are there. */
export function takenColumns(learnt: readonly LearntField[]): Set<string> {
  return new Set([...takenNames, ...eventColumns(learnt).map(({name}) => name)])
}

/** What tells fields apart: events may spell one in several ways, and the raw tables know lower case alone. */
export function fieldKey(path: readonly string[]): string {
  return path.join('.').toLowerCase()
}

/** The learnt fields that columns of the curated table stand for: each names its field in its comment. */
export function fieldsOfCurated(columns: readonly CatalogColumn[]): LearntField[] {
  const named = columns.flatMap(({Name: name, Type: hiveType = '', Comment: comment}): LearntField[] => {
    const path = /^detail\.(.+)$/.exec(comment ?? '')?.[1]?.split('.') ?? []
    return path.length > 0 && columnName(path) === name ? [{path, hiveType}] : []
  })
  return usable(named)
}

/** The learnt fields that a raw table has: members of its `detail` that the contract does not name. All in lower case, as the catalog keeps them. */
export function fieldsOfRaw(columns: readonly CatalogColumn[]): LearntField[] {
  const detail = detailOf(columns)
  return detail?.kind === 'struct' ? usable(leavesOf(detail.fields, [])) : []
}

/** Whether a raw table has a field, as that type. */
export function hasField(columns: readonly CatalogColumn[], field: LearntField): boolean {
  const detail = detailOf(columns)
  const wanted = readHiveType(memberType(field))
  return detail !== undefined && wanted !== undefined && hasTypeOf(detail, wanted)
}

/** The type of a raw table's `detail` with these fields, on top of what it is: the contract's, where nothing is said. */
export function detailWith(learnt: readonly LearntField[], detail = detailHiveType()): string {
  const known = readHiveType(detail)
  if (!known) return detail
  return hiveTypeText(
    learnt.reduce((type, field) => withMembersOf(type, readHiveType(memberType(field)) ?? type), known),
  )
}

/** Whether a table has these columns, in this order and no other; structs may have more members than asked for. */
export function hasColumns(
  actual: readonly CatalogColumn[] | undefined = [],
  wanted: readonly CatalogColumn[],
): boolean {
  return (
    actual.length === wanted.length &&
    wanted.every(({Name: name = '', Type: type}, place) => {
      const there = actual[place]
      return there?.Name?.toLowerCase() === name.toLowerCase() && hasColumnType(there.Type, type)
    })
  )
}

/** Whether the type of a column is the wanted one, or a struct with more members. Types know no case, as Hive's. */
export function hasColumnType(actual = '', wanted = ''): boolean {
  const [there, asked] = [readHiveType(actual.toLowerCase()), readHiveType(wanted.toLowerCase())]
  return there && asked ? hasTypeOf(there, asked) : actual.toLowerCase() === wanted.toLowerCase()
}

/** The columns of a raw table as the contract has them, with every member that its `detail` has beyond it. */
export function withMembers<T extends CatalogColumn>(
  columns: readonly T[],
  actual: readonly CatalogColumn[] = [],
): T[] {
  const there = detailOf(actual)
  return columns.map((column) => {
    const own = column.Name === 'detail' ? readHiveType(column.Type ?? '') : undefined
    return own && there ? {...column, Type: hiveTypeText(withMembersOf(own, there))} : column
  })
}

/** The fields that can have columns, each once, up to as many as there may be. A field that the contract names by now is none. */
function usable(fields: readonly LearntField[]): LearntField[] {
  const contract = usageEventColumns().map(({column}) => column)
  const kept: LearntField[] = []
  for (const field of fields) {
    const key = fieldKey(field.path)
    const isNamed = contract.some(
      (one) => one === key || one.startsWith(`${key}.`) || key.startsWith(`${one}.`),
    )
    const fits = field.path.length <= deepestPath && field.path.every(isColumnStep)
    if (isNamed || !fits || kept.length === mostLearnt) continue
    if (readHiveType(field.hiveType) && !takenColumns(kept).has(columnName(field.path))) kept.push(field)
  }
  return kept
}

function leavesOf(fields: readonly HiveField[], parent: readonly string[]): LearntField[] {
  return fields.flatMap(({name, type}) => {
    const path = [...parent, name]
    return type.kind === 'struct' ? leavesOf(type.fields, path) : [{path, hiveType: hiveTypeText(type)}]
  })
}

function detailOf(columns: readonly CatalogColumn[]): HiveType | undefined {
  return readHiveType(columns.find(({Name: name}) => name === 'detail')?.Type ?? '')
}

/** `struct<billing:struct<regioncode:string>>` of the field `billing.regionCode`. */
function memberType({path, hiveType}: LearntField): string {
  return path.reduceRight((type, step) => `struct<${step.toLowerCase()}:${type}>`, hiveType)
}
