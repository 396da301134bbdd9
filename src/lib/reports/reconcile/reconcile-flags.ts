import {Flags} from '@oclif/core'
import {dayMs, formatTime, parseDuration} from '../../core/time'
import {OpError} from '../../core/errors'
import {dedupeDays} from '../define-report'
import {reportFlags, reportOptions} from '../report-flags'
import type {GivenFlags} from '../report-flags'
import type {Counter} from './counters'
import {serviceColumns} from './reconcile-report'
import type {ReconcileRequest} from './run-reconcile'

/** Rows of hops stand in the order of the road. */
const ofServices = {dependsOn: ['by']}

/** Flags of `report reconcile`. Those of every report that say nothing here are not among them. */
export const reconcileFlags = {
  from: {
    ...reportFlags.from,
    summary: 'arrival from here on: ISO, today, yesterday, -7d, -12h [default: start of the month]',
  },
  to: {...reportFlags.to, summary: 'arrival before this [default: now]'},
  month: reportFlags.month,
  timezone: {...reportFlags.timezone, summary: 'where days and months begin: Europe/Berlin [default: UTC]'},
  by: Flags.string({
    summary: 'rows by service, with what is missing in the sequences of its instances, in place of by hop',
    options: ['service'],
  }),
  counters: Flags.string({
    summary: 'what the producers counted: JSON or CSV of service, count and, where they say so, from and to',
    helpValue: 'FILE|-',
  }),
  'late-after': Flags.string({
    summary: 'an event is late that arrived so long after its billing time',
    default: '1h',
    helpValue: 'DURATION',
  }),
  lookback: Flags.string({
    summary: 'read compacted events, and look for copies, of so long before the range',
    default: `${dedupeDays}d`,
    helpValue: 'DURATION',
  }),
  customer: reportFlags.customer,
  service: reportFlags.service,
  feature: reportFlags.feature,
  where: reportFlags.where,
  sort: {
    ...reportFlags.sort,
    ...ofServices,
    summary: 'order of the rows of services: COLUMN, or COLUMN:desc',
  },
  limit: {...reportFlags.limit, ...ofServices},
  strict: Flags.boolean({summary: 'exit with 9 where something is missing or hops differ'}),
  explain: reportFlags.explain,
  'max-scan': reportFlags['max-scan'],
  reuse: reportFlags.reuse,
  format: reportFlags.format,
  chart: reportFlags.chart,
}

/** What was said on the command line. */
export interface GivenReconcileFlags extends GivenFlags {
  by?: string | undefined
  'late-after': string
  lookback: string
}

/** What the flags ask for. Throws BAD_TIME, BAD_ZONE, BAD_WHERE and BAD_SORT (usage). */
export function reconcileRequest(
  flags: GivenReconcileFlags,
  now: number,
  counters?: readonly Counter[],
): ReconcileRequest {
  const {service, customer, feature, where = []} = flags
  const options = reportOptions(flags, now, serviceColumns)
  if (options.from >= now) throw notArrived(options.from)
  return {
    options: {
      ...options,
      by: flags.by === 'service' ? 'service' : undefined,
      lateMs: parseDuration(flags['late-after']),
      // A clock that is ahead lets events arrive before they happen, so a day is always read.
      lookbackMs: Math.max(parseDuration(flags.lookback), dayMs),
    },
    service,
    isPart: customer !== undefined || feature !== undefined || where.length > 0,
    counters,
  }
}

function notArrived(from: number): OpError {
  return new OpError('usage', 'BAD_TIME', `Nothing has arrived after ${formatTime(from)} yet.`, {
    hint: 'The range is one of arrival: let --from name a time that is over.',
  })
}
