import {OpError} from '../core/errors'
import {nearest} from '../core/nearest'
import {parseWhere} from '../core/where'
import type {Where} from '../core/where'
import {usageEventFields} from '../usage-event/fields'
import type {UsageEventField} from '../usage-event/fields'

/** What attributes may be called where they become part of a query. */
const attributeForm = /^detail\.attributes\.([A-Za-z0-9_-]{1,64})$/

/** A field of a usage event that can be measured, or filtered by. */
export interface MeterField {
  path: string
  type: 'string' | 'number' | 'integer' | 'boolean'
  /** The key of `attributes`. */
  attribute?: string
}

/** Makes the error of what is wrong; `words` go on behind the name of the place. */
export type Wrong = (words: string) => OpError

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

/** A condition on a usage event that a query can ask: its field is one, and its values are of the field's type. Throws what `wrong` makes. */
export function eventCondition(condition: string, wrong: Wrong): Where {
  const where = parsed(condition, wrong)
  const field = knownField(where.path, wrong)
  if (where.operator === 'in') throw wrong('cannot ask for an address range here.')
  const isText = field.type === 'string'
  if (!isText && ['^=', '$=', '~=', 'like'].includes(where.operator)) {
    throw wrong(`compares text: ${where.path} is none.`)
  }
  const kinds = where.values.map(({kind, text: value}) =>
    value === 'null' && kind === 'literal' ? 'null' : kind,
  )
  const wanted = isText ? ['text', 'number', 'literal'] : [field.type === 'boolean' ? 'literal' : 'number']
  if (kinds.some((kind) => !wanted.includes(kind))) {
    throw wrong(`compares ${where.path}, a ${field.type}, with something else.`)
  }
  if (where.values.some(({kind, text: value}) => kind === 'number' && !plainNumber.test(value))) {
    throw wrong('compares with a number that is too long, or has an exponent.')
  }
  return where
}

/** What fits DECIMAL(38, 9). */
const plainNumber = /^-?\d{1,18}(\.\d{1,9})?$/

function parsed(condition: string, wrong: Wrong): Where {
  try {
    return parseWhere(condition)
  } catch (error) {
    if (error instanceof OpError) throw wrong(`is no condition. ${error.message}`)
    throw error
  }
}

/** The field of that path. Throws what `wrong` makes, with the path that may have been meant. */
export function knownField(wanted: string, wrong: Wrong): MeterField {
  const field = meterField(wanted)
  if (field) return field
  const paths = leafFields().map((one) => one.path)
  const meant = paths.find((known) => known === `detail.${wanted}`) ?? nearest(wanted, paths)
  const hint =
    meant === undefined
      ? 'Fields are those of a usage event, and detail.attributes.NAME.'
      : `Did you mean ${meant}?`
  throw wrong(`names no field of a usage event: "${wanted}". ${hint}`)
}
