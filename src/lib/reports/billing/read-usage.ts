import {addDecimals, normalDecimal} from '../../core/money'
import type {Usage} from '../../pricing/accounts'
import type {Meter} from '../../pricing/price-plan'
import type {Reading} from '../../pricing/readings'
import type {AnswerRow} from '../define-report'

/**
 * The usage that an answer of `billing.sql` or `meters.sql` tells of; in the first all is bucket 0 and no meter but those that are built in.
 * Real and test calls of the same customer, plan and bucket become one. `meters` are meter 1, 2, ... of the query.
 */
export function readUsage(answer: readonly AnswerRow[], meters: readonly Meter[]): Usage[] {
  const found = new Map<string, {usage: Usage; readings: Map<string, Reading[]>}>()
  for (const row of answer) {
    const [customerId, plan] = [row['customer_id'] ?? '', row['plan'] ?? '']
    const bucket = Number(row['bucket'] ?? '0')
    const key = JSON.stringify([customerId, plan, bucket])
    const readings = found.get(key)?.readings ?? new Map<string, Reading[]>()
    const usage = found.get(key)?.usage ?? {customerId, plan, bucket, calls: 0n, units: '0', readings}
    found.set(key, {usage: isEveryEvent(row) ? withCalls(usage, row) : usage, readings})
    const meter = meters[Number(row['meter'] ?? '0') - 1]
    if (!meter) continue
    const reading = readingOf(meter, row)
    const before = readings.get(meter.name)
    if (before) before.push(reading)
    else readings.set(meter.name, [reading])
  }
  return [...found.values()].map(({usage}) => usage)
}

/** Whether the row is of all events, and not of those of a meter. */
export function isEveryEvent(row: AnswerRow): boolean {
  return (row['meter'] ?? '0') === '0'
}

function withCalls(usage: Usage, row: AnswerRow): Usage {
  return {
    ...usage,
    calls: usage.calls + BigInt(row['calls'] ?? '0'),
    units: normalDecimal(addDecimals([usage.units, row['units'] ?? '0'])),
  }
}

function readingOf({aggregate}: Meter, row: AnswerRow): Reading {
  switch (aggregate) {
    case 'count':
      return {value: row['calls'] ?? '0'}
    case 'sum':
      return {value: row['total'] ?? '0'}
    case 'max':
      return {value: row['highest'] ?? '0'}
    case 'latest':
      return {value: row['latest'] ?? '0', at: row['latest_at']}
    case 'unique':
      return {value: '0', values: [row['distinct_value'] ?? '']}
  }
}
