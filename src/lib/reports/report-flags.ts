import {Flags} from '@oclif/core'
import {parseRange, parseTime} from '../core/time'
import type {ReportOptions} from './define-report'

/** Flags of every report. */
export const reportFlags = {
  from: Flags.string({
    summary: 'billing time from here on: ISO, today, yesterday, -7d, -12h [default: start of the month]',
    helpValue: 'TIME',
  }),
  to: Flags.string({summary: 'billing time before this [default: now]', helpValue: 'TIME'}),
  month: Flags.string({summary: 'a whole month: YYYY-MM, this, last', helpValue: 'MONTH'}),
  'as-of': Flags.string({
    summary: 'count what had arrived up to this time alone: ISO, now, -2d',
    helpValue: 'TIME',
  }),
  limit: Flags.integer({summary: 'rows before the rest becomes one row, (others)', min: 1, helpValue: 'N'}),
  'include-test': Flags.boolean({summary: 'count events that are marked as tests too'}),
  format: Flags.string({
    summary: 'form of the answer',
    options: ['table', 'json', 'csv', 'markdown'],
    default: 'table',
  }),
}

/** What was said on the command line of what every report takes. */
export interface GivenFlags {
  from?: string | undefined
  to?: string | undefined
  month?: string | undefined
  'as-of'?: string | undefined
  limit?: number | undefined
  'include-test'?: boolean
}

/** What the flags of a report ask for. Days and months are those of `zone`. Throws BAD_TIME (usage). */
export function reportOptions(flags: GivenFlags, now: number, zone = 'UTC'): ReportOptions {
  const asOf = flags['as-of']
  return {
    ...parseRange(flags, now, zone),
    asOf: asOf === undefined ? undefined : parseTime(asOf, now, zone),
    limit: flags.limit,
    includeTest: flags['include-test'],
  }
}
