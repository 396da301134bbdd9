import {Flags} from '@oclif/core'
import type {Column} from '../core/column'
import {OpError} from '../core/errors'
import {parseRange, parseTime} from '../core/time'
import {isTimeZone} from '../core/zone'
import {parseSort} from './arrange-rows'
import {conditionsOf} from './conditions'
import type {ConditionFlags} from './conditions'
import type {ReportOptions} from './define-report'
import {wishFlags} from './query-wishes'

/** Flags of every report. */
export const reportFlags = {
  from: Flags.string({
    summary: 'billing time from here on: ISO, today, yesterday, -7d, -12h [default: start of the month]',
    helpValue: 'TIME',
  }),
  to: Flags.string({summary: 'billing time before this [default: now]', helpValue: 'TIME'}),
  month: Flags.string({summary: 'a whole month: YYYY-MM, this, last', helpValue: 'MONTH'}),
  timezone: Flags.string({
    summary: 'where days and months begin: Europe/Berlin [default: UTC; the bill: that of the price plan]',
    helpValue: 'ZONE',
  }),
  customer: Flags.string({summary: 'events of this customer alone; (none): of no customer', helpValue: 'ID'}),
  service: Flags.string({summary: 'events of this service alone', helpValue: 'NAME'}),
  feature: Flags.string({summary: 'events of this feature alone', helpValue: 'NAME'}),
  where: Flags.string({
    summary: "events of which this holds, such as 'detail.response.status >= 500'; repeat it to ask for more",
    helpValue: 'PATH OP VALUE',
    multiple: true,
  }),
  'as-of': Flags.string({
    summary: 'count what had arrived up to this time alone: ISO, now, -2d',
    helpValue: 'TIME',
  }),
  sort: Flags.string({summary: 'order of the rows: COLUMN, or COLUMN:desc', helpValue: 'COLUMN'}),
  limit: Flags.integer({summary: 'rows before the rest becomes one row, (others)', min: 1, helpValue: 'N'}),
  'include-test': Flags.boolean({summary: 'count events that are marked as tests too'}),
  explain: Flags.boolean({
    summary: 'print the query, its parameters and what it would scan and cost, and run nothing',
  }),
  ...wishFlags,
  format: Flags.string({
    summary: 'form of the answer; html is one page with charts',
    options: ['table', 'json', 'csv', 'markdown', 'html'],
    default: 'table',
  }),
  // Other forms have no room for it, and a page of HTML is drawn anyway.
  chart: Flags.boolean({
    summary: 'draw the rows below the table too',
    exclusive: ['json'],
    relationships: [
      {
        type: 'none',
        flags: [{name: 'format', when: async ({format}) => format !== 'table' && format !== 'html'}],
      },
    ],
  }),
}

/** What was said on the command line of what every report takes. */
export interface GivenFlags extends ConditionFlags {
  from?: string | undefined
  to?: string | undefined
  month?: string | undefined
  timezone?: string | undefined
  'as-of'?: string | undefined
  sort?: string | undefined
  limit?: number | undefined
  'include-test'?: boolean
}

/**
 * What the flags of a report ask for; `columns` are those that it can be sorted by. Throws BAD_TIME, BAD_ZONE, BAD_WHERE and BAD_SORT (usage).
 */
export function reportOptions(flags: GivenFlags, now: number, columns: readonly Column[]): ReportOptions {
  const {timezone = 'UTC', sort, limit, 'as-of': asOf} = flags
  if (!isTimeZone(timezone)) throw badZone(`"${timezone}" is not the name of a time zone.`)
  return {
    ...parseRange(flags, now, timezone),
    asOf: asOf === undefined ? undefined : parseTime(asOf, now, timezone),
    conditions: conditionsOf(flags),
    sort: sort === undefined ? undefined : parseSort(sort, columns),
    limit,
    includeTest: flags['include-test'],
  }
}

/** BAD_ZONE (usage). */
export function badZone(message: string): OpError {
  return new OpError('usage', 'BAD_ZONE', message, {
    hint: 'Names are those of the IANA database: Europe/Berlin, America/New_York, UTC.',
  })
}
