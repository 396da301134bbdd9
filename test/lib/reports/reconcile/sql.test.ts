import fc from '../../../_helpers/properties'
import {gapsByService} from '../../../../src/lib/reports/reconcile/gaps'
import {reconcileReport, sequencesReport} from '../../../../src/lib/reports/reconcile/reconcile-report'
import {lateDays, sumsOf} from '../../../../src/lib/reports/reconcile/sums'
import {dayMs, hourMs} from '../../../../src/lib/core/time'
import {RawTable, type RawEvent} from '../_helpers/raw-table'

const range = {from: Date.UTC(2026, 10, 10, 12), to: Date.UTC(2026, 10, 10, 13)}
const options = {...range, lateMs: hourMs, lookbackMs: 7 * dayMs}

/** The object that arrived at a time of 10 November: `12:05:00`. */
const object = (time: string) =>
  `s3://b/events/dt=2026-11-10/hour=${time.slice(0, 2)}/usage-events-1-2026-11-10-${time.replaceAll(':', '-')}-0a1b2c3d.gz`

let made = 0
const event = (arrived: string, more: RawEvent = {}): RawEvent => {
  made += 1
  const time = `2026-11-10T${arrived}Z`
  const own = {id: `m-${made}`, eventId: `e-${made}`, time, occurredAt: time, path: object(arrived)}
  return {dt: '2026-11-10', service: 'orders', customerId: 'acme', ...own, ...more}
}

async function sums(events: readonly RawEvent[], asked = options) {
  const table = await RawTable.of(events)
  try {
    const rows = await table.answer(reconcileReport, asked)
    return {...sumsOf(rows), late: lateDays(rows)}
  } finally {
    table.close()
  }
}

describe('the query of what arrived', () => {
  it('counts copies by what they are, wherever the first one arrived', async () => {
    const first = event('11:10:00')
    const twice = event('12:05:00')
    const found = await sums([
      first,
      // The producer sent it again: another envelope. Then the bus delivered that one twice.
      {...first, id: 'again', path: object('12:10:00')},
      {...first, id: 'again', path: object('12:20:00')},
      twice,
      {...twice, path: object('12:50:00')},
      // A copy that arrives behind the range is none of it.
      {...twice, id: 'later', path: object('13:00:00')},
      event('12:30:00'),
    ])

    expect(found).toMatchObject({raw: 5n, open: 5n, compacted: 0n, billed: 2n, retried: 1n, redelivered: 2n})
    // 11:10 lies before the last quarter of an hour in front of the range; 12:50 in the last one of it.
    expect(found).toMatchObject({head: 0n, tail: 1n})
  })

  it('counts what arrived within the second of a border before it: names of objects say no more than the second', async () => {
    const events = [event('12:05:07'), event('12:05:08')]
    const border = Date.UTC(2026, 10, 10, 12, 5, 7, 900)

    const before = await sums(events, {...options, to: border})
    const behind = await sums(events, {...options, from: border})

    expect([before, behind]).toMatchObject([
      {raw: 1n, billed: 1n},
      {raw: 1n, billed: 1n},
    ])
  })

  it('tells apart what is not billed, and what is much like another event', async () => {
    const found = await sums([
      event('12:00:00', {test: true}),
      // Without any time that is one.
      event('12:02:00', {time: 'soon', occurredAt: 'never'}),
      event('12:03:00', {eventId: ''}),
      // The same call under two eventIds, and the same again by another customer.
      event('12:04:00', {instance: 'i-1', sequence: 7, occurredAt: '2026-11-10T12:03:59.123Z'}),
      event('12:04:00', {instance: 'i-1', sequence: 7, occurredAt: '2026-11-10T12:03:59.123Z'}),
      event('12:04:00', {
        instance: 'i-1',
        sequence: 7,
        occurredAt: '2026-11-10T12:03:59.123Z',
        customerId: 'b',
      }),
      event('12:05:00', {occurredAt: '2026-11-09T23:00:00Z'}),
      event('12:05:00', {occurredAt: '2026-11-10T11:05:00Z'}),
      event('12:05:00', {occurredAt: '2026-11-10T11:04:59.999Z'}),
      // Beyond the seven days that are looked back.
      event('12:06:00', {occurredAt: '2026-11-02T23:59:59Z'}),
    ])

    expect(found).toMatchObject({
      tests: 1n,
      timeless: 1n,
      unkeyed: 1n,
      suspected: 1n,
      beyond: 1n,
      beyondRaw: 1n,
    })
    expect(found).toMatchObject({raw: 10n, billed: 8n, numbered: 3n, retried: 0n, redelivered: 0n})
    expect(found.late).toEqual([
      {day: '2026-11-02', count: 1n},
      {day: '2026-11-09', count: 1n},
      {day: '2026-11-10', count: 1n},
    ])
  })
})

/** What a program that knows nothing of SQL counts: events in the order of their arrival, one by one. */
function naiveCounts(events: readonly RawEvent[]) {
  const counts = {raw: 0n, billed: 0n, retried: 0n, redelivered: 0n}
  const [identities, envelopes] = [new Set<unknown>(), new Set<unknown>()]
  const numbers = new Map<string, Map<number, string>>()
  for (const {eventId, id = '', path = '', instance = '', sequence = 0} of [...events].sort(byArrival)) {
    const time = path.slice(-31, -12)
    const isHere = time >= '2026-11-10-12-00-00' && time < '2026-11-10-13-00-00'
    const identity = eventId === '' ? `envelope ${id}` : eventId
    const envelope = `${identity} ${id}`
    if (isHere) counts.raw += 1n
    // What arrives behind the range changes nothing in it, but is no gap.
    if (time < '2026-11-10-13-00-00') {
      const what = !identities.has(identity) ? 'billed' : envelopes.has(envelope) ? 'redelivered' : 'retried'
      if (isHere) counts[what] += 1n
      envelopes.add(envelope)
    }
    if (!identities.has(identity)) {
      const own = numbers.get(instance) ?? new Map<number, string>()
      numbers.set(instance, own.set(sequence, own.get(sequence) ?? time))
    }
    identities.add(identity)
  }
  let [gapCount, missing] = [0n, 0n]
  for (const own of numbers.values()) {
    const sorted = [...own.keys()].sort((a, b) => a - b)
    for (const [i, number] of sorted.entries()) {
      const step = number - (sorted[i - 1] ?? number - 1)
      // It shows as soon as any number behind it has arrived.
      const [time = ''] = sorted
        .slice(i)
        .map((later) => own.get(later) ?? '')
        .sort()
      if (step === 1 || time < '2026-11-10-12-00-00' || time >= '2026-11-10-13-00-00') continue
      gapCount += 1n
      missing += BigInt(step - 1)
    }
  }
  return {...counts, gapCount, missing}
}

function byArrival(a: RawEvent, b: RawEvent): number {
  const key = ({path, time, id}: RawEvent) => `${path} ${time} ${id}`
  return key(a) < key(b) ? -1 : 1
}

describe('copies and gaps of any events', () => {
  const minutes = fc.integer({min: 0, max: 179})
  const time = (minute: number) =>
    `${11 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00`
  /** A number that was sent, when it arrived, whether with an eventId, and its copies: sent again or delivered again, at another time. */
  const sent = fc.record({
    instance: fc.constantFrom('i-1', 'i-2'),
    sequence: fc.integer({min: 1, max: 30}),
    minute: minutes,
    isKeyed: fc.boolean(),
    copies: fc.array(fc.record({minute: minutes, isRetry: fc.boolean()}), {maxLength: 3}),
  })
  const list = fc.uniqueArray(sent, {maxLength: 25, selector: (one) => `${one.instance} ${one.sequence}`})

  it('are what a naive counter counts', async () => {
    await fc.assert(
      fc.asyncProperty(list, async (all) => {
        const events = all.flatMap(({instance, sequence, minute, isKeyed, copies}): RawEvent[] => {
          const name = `${instance}-${String(sequence).padStart(2, '0')}`
          const occurredAt = `2026-11-10T10:00:${String(sequence).padStart(2, '0')}Z`
          const own = {
            instance,
            sequence,
            occurredAt,
            eventId: isKeyed ? name : '',
            id: name,
            time: occurredAt,
          }
          const first = event(time(minute), own)
          return [
            first,
            ...copies.map((copy, i) => ({
              ...first,
              path: object(time(copy.minute)),
              ...(copy.isRetry && isKeyed && {id: `${name}-${i}`}),
            })),
          ]
        })
        const table = await RawTable.of(events)
        try {
          const {raw, billed, retried, redelivered} = sumsOf(await table.answer(reconcileReport, options))
          const gaps = gapsByService(await table.answer(sequencesReport, options)).get('orders')
          const {gapCount = 0n, missing = 0n} = gaps ?? {}
          expect({raw, billed, retried, redelivered, gapCount, missing}).toEqual(naiveCounts(events))
        } finally {
          table.close()
        }
      }),
      {numRuns: 5},
    )
  })

  it('begin anew where an instance does', async () => {
    const numbered = (sequence: number, second: number) =>
      event('12:00:00', {instance: 'i-1', sequence, occurredAt: `2026-11-10T11:59:${second}Z`})
    const table = await RawTable.of([
      ...[numbered(100, 10), numbered(102, 11), numbered(101, 12), numbered(105, 13)],
      ...[numbered(1, 20), numbered(2, 21), numbered(9_007_199_254_740_991, 22)],
    ])
    const gaps = gapsByService(await table.answer(sequencesReport, options))
    table.close()

    expect(gaps.get('orders')).toEqual({
      ...{gapCount: 2n, missing: 9_007_199_254_740_990n},
      first: [
        {service: 'orders', instance: 'i-1', first: 103n, last: 104n},
        {service: 'orders', instance: 'i-1', first: 3n, last: 9_007_199_254_740_990n},
      ],
    })
  })
})
