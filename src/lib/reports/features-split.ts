import type {Chart} from '../core/chart'
import type {Column} from '../core/column'
import {none} from '../pricing/price-plan'
import type {TimeRange} from '../core/time'
import {daySql} from './day-sql'
import type {SqlSource} from './load-sql'

/** What the rows of features can be split by. */
export const featureSplits = ['customer', 'user', 'service', 'day'] as const

export type FeatureSplit = (typeof featureSplits)[number]

interface Split {
  column: Column
  /** Keys of numbers that say nothing of such a row. */
  hides: readonly string[]
  /** SQL of the value, over what the query picks of an event. */
  sql: string
  /** Paths of fields that are picked for it: a0, a1, ... */
  fields: readonly string[]
  charts: readonly Chart[]
}

const named = (column: string) => `COALESCE(NULLIF(${column}, ''), '${none}')`

const bars = (key: string, header: string): Chart[] => [
  {
    ...{kind: 'bars', title: `Calls by feature and ${header}`},
    ...{names: ['feature', key], values: ['calls'], rest: 'sum'},
  },
]

/** By feature, and then by this. A part of a row is of one customer or user alone, and a day has none of the same length before it. */
export const splits: Readonly<Record<FeatureSplit, Split>> = {
  customer: {
    column: {key: 'customerId', header: 'customer', type: 'text'},
    hides: ['adoptionPercent'],
    sql: named('identities.customer_id'),
    fields: [],
    charts: bars('customerId', 'customer'),
  },
  user: {
    column: {key: 'userId', header: 'user', type: 'text'},
    hides: ['adoptionPercent', 'callsPerUser'],
    sql: named('identities.user_id'),
    fields: [],
    charts: bars('userId', 'user'),
  },
  service: {
    column: {key: 'service', header: 'service', type: 'text'},
    hides: [],
    sql: named('a0'),
    fields: ['detail.service.name'],
    charts: bars('service', 'service'),
  },
  day: {
    column: {key: 'day', header: 'day', type: 'text'},
    hides: ['callsBefore', 'growthPercent'],
    sql: 'day_text',
    fields: [],
    charts: [{kind: 'days', title: 'Calls by day', day: 'day', value: 'calls'}],
  },
}

/** What `features.sql` is completed with, so that its rows are split. */
export function splitSql(
  {by, from, to}: TimeRange & {by?: FeatureSplit | undefined},
  zone: string,
): Record<'by_value' | 'by_group' | 'day', SqlSource> {
  const day = {sql: by === 'day' ? daySql('billing_time', {from, to}, zone) : `''`}
  if (by === undefined) return {by_value: {sql: `''`}, by_group: {sql: ''}, day}
  const {sql} = splits[by]
  return {by_value: {sql}, by_group: {sql: `, ${sql}`}, day}
}
