import {OpError} from '../core/errors'
import type {Where} from '../core/where'
import {eventCondition} from '../pricing/event-condition'
import {askedText} from './billing/asked-field'
import {fieldsOfPaths} from './billing/meter-fields'
import {whereSql} from './billing/where-sql'
import {none} from './define-report'
import type {SqlSource} from './load-sql'

/** Flags that say which events a report counts; all of them must hold. */
export interface ConditionFlags {
  customer?: string | undefined
  service?: string | undefined
  feature?: string | undefined
  where?: readonly string[] | undefined
}

const paths = {
  customer: 'detail.customer.id',
  service: 'detail.service.name',
  feature: 'detail.feature',
} as const

/**
 * The conditions of the flags. `(none)` stands for events that have no value, as it does in the rows. Throws BAD_WHERE (usage) where a condition is none, or
 * asks for what a usage event does not have.
 */
export function conditionsOf(flags: ConditionFlags): Where[] {
  const named = (Object.keys(paths) as (keyof typeof paths)[]).flatMap((flag): Where[] => {
    const text = flags[flag]
    if (text === undefined) return []
    const path = paths[flag]
    return text === none
      ? [{path, operator: 'missing', values: [], text: `${path} missing`}]
      : [{path, operator: '=', values: [{kind: 'text', text}], text: `${path} = ${JSON.stringify(text)}`}]
  })
  return [...named, ...(flags.where ?? []).map(toCondition)]
}

function toCondition(text: string): Where {
  return eventCondition(
    text,
    (words) =>
      new OpError('usage', 'BAD_WHERE', `"${text}" ${words}`, {
        hint: "Write it like --where 'detail.response.status >= 500' or --where 'detail.attributes.tier = gold, silver'.",
      }),
  )
}

/** What stands in a query for the conditions of a run. */
export interface AskedSql {
  names: Record<'asked_fields' | 'asked_picked' | 'asked_kept' | 'asked', SqlSource>
  /** Values of its parameters, in order. */
  values: string[]
}

/**
 * The conditions as every canned query takes them: fields of each arrival, those of the copy that counts, and what must hold of it. An identity counts once
 * whatever is asked, and the copies of it that do not count decide nothing. Values are bound; columns come from the contract. The
 * fields at `paths` are picked too, and before the others. Pure.
 */
export function askedSql(conditions: readonly Where[], paths: readonly string[] = []): AskedSql {
  const fields = fieldsOfPaths([...paths, ...conditions.map(({path}) => path)])
  const asked = conditions.flatMap((one) => {
    const place = fields.findIndex(({path}) => path === one.path)
    const field = fields[place]
    return field ? [whereSql(one, askedText(field, `a${place}`))] : []
  })
  return {
    names: {
      asked_fields: {sql: fields.map(({sql}, i) => `, ${sql} AS a${i}`).join('\n    ')},
      asked_picked: {sql: fields.map((_, i) => `, min_by(a${i}, arrival) AS a${i}`).join('\n    ')},
      asked_kept: {sql: fields.map((_, i) => `, a${i}`).join('')},
      asked: {sql: asked.map(({sql}) => `(${sql}) AND`).join(' ')},
    },
    values: asked.flatMap(({values}) => values),
  }
}
