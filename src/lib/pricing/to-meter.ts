import {OpError} from '../core/errors'
import {nearest} from '../core/nearest'
import {parseWhere} from '../core/where'
import type {Where} from '../core/where'
import {usageEventFields} from '../usage-event/fields'
import type {UsageEventField} from '../usage-event/fields'
import type {MeterEntry} from './price-file'
import type {Path, PriceFileText} from './price-file-text'
import type {Meter} from './price-plan'

/** What attributes may be called in a price plan: it becomes part of a query. */
const attributeForm = /^detail\.attributes\.([A-Za-z0-9_-]{1,64})$/

/** A field that a meter can measure, or filter by. */
export interface MeterField {
  path: string
  type: 'string' | 'number' | 'integer' | 'boolean'
  /** The key of `attributes`. */
  attribute?: string
}

/** The field of a usage event at the path; undefined where it has none, or one without values of its own. Attributes are text. */
export function meterField(path: string): MeterField | undefined {
  const attribute = attributeForm.exec(path)?.[1]
  if (attribute !== undefined) return {path, type: 'string', attribute}
  const field = leafFields().find((one) => one.path === path)
  return field && {path, type: field.type === 'object' ? 'string' : field.type}
}

function leafFields(): UsageEventField[] {
  return usageEventFields().filter(({type}) => type !== 'object')
}

/** One meter of the file. Throws BAD_PRICES (usage). */
export function toMeter(text: PriceFileText, name: string, entry: MeterEntry): Meter {
  const path = ['meters', name]
  const {aggregate} = entry
  const where = [entry.where ?? []].flat()
  const conditions = where.map((condition, i) =>
    toWhere(text, Array.isArray(entry.where) ? [...path, 'where', i] : [...path, 'where'], condition),
  )
  if (aggregate === 'count') {
    if (entry.field !== undefined)
      throw text.wrong([...path, 'field'], 'must not be there: a count has no field.')
    return {name, aggregate, where: conditions}
  }
  if (entry.field === undefined) throw text.wrong(path, `lacks "field", whose ${aggregate} it is.`)
  const field = knownField(text, [...path, 'field'], entry.field)
  const isNumber = field.type === 'number' || field.type === 'integer' || field.attribute !== undefined
  if (aggregate !== 'unique' && !isNumber) {
    throw text.wrong([...path, 'field'], `has no numbers: a ${aggregate} needs some.`)
  }
  return {name, aggregate, field: field.path, where: conditions}
}

function toWhere(text: PriceFileText, path: Path, condition: string): Where {
  const where = parsed(text, path, condition)
  const field = knownField(text, path, where.path)
  if (where.operator === 'in') throw text.wrong(path, 'cannot ask for an address range here.')
  const isText = field.type === 'string'
  if (!isText && ['^=', '$=', '~=', 'like'].includes(where.operator)) {
    throw text.wrong(path, `compares text: ${where.path} is none.`)
  }
  const kinds = where.values.map(({kind, text: value}) =>
    value === 'null' && kind === 'literal' ? 'null' : kind,
  )
  const wanted = isText ? ['text', 'number', 'literal'] : [field.type === 'boolean' ? 'literal' : 'number']
  if (kinds.some((kind) => !wanted.includes(kind))) {
    throw text.wrong(path, `compares ${where.path}, a ${field.type}, with something else.`)
  }
  if (where.values.some(({kind, text: value}) => kind === 'number' && !plainNumber.test(value))) {
    throw text.wrong(path, 'compares with a number that is too long, or has an exponent.')
  }
  return where
}

/** What fits DECIMAL(38, 9). */
const plainNumber = /^-?\d{1,18}(\.\d{1,9})?$/

function parsed(text: PriceFileText, path: Path, condition: string): Where {
  try {
    return parseWhere(condition)
  } catch (error) {
    if (error instanceof OpError) throw text.wrong(path, `is no condition. ${error.message}`)
    throw error
  }
}

function knownField(text: PriceFileText, path: Path, wanted: string): MeterField {
  const field = meterField(wanted)
  if (field) return field
  const paths = leafFields().map((one) => one.path)
  const meant = paths.find((known) => known === `detail.${wanted}`) ?? nearest(wanted, paths)
  const hint =
    meant === undefined
      ? 'Fields are those of a usage event, and detail.attributes.NAME.'
      : `Did you mean ${meant}?`
  throw text.wrong(path, `names no field of a usage event: "${wanted}". ${hint}`)
}
