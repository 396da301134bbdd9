import type {SampleOptions} from '../../../src/lib/usage-event/samples'
import {sampleUsageEvents} from '../../../src/lib/usage-event/samples'
import type {UsageEvent} from '../../../src/lib/usage-event/types'
import {createUsageEventValidator} from '../../../src/lib/usage-event/validate'

const from = Date.UTC(2026, 9, 1)
const to = Date.UTC(2026, 10, 1)

function sample(more: Partial<SampleOptions> = {}): UsageEvent[] {
  return [...sampleUsageEvents({seed: 7, count: 20_000, from, to, ...more})]
}

function countBy(
  events: UsageEvent[],
  keyOf: (event: UsageEvent) => string | undefined,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const event of events) {
    const key = keyOf(event) ?? '(none)'
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

describe('sampleUsageEvents', () => {
  it('gives the same events for the same seed, and others for another one', () => {
    expect(sample({count: 50})).toEqual(sample({count: 50}))
    expect(sample({count: 50})[0]?.service).not.toEqual(sample({count: 50, seed: 8})[0]?.service)
  })

  it('numbers events by seed and index', () => {
    expect(sample({count: 2}).map((e) => e.eventId)).toEqual([
      '00000007-0000-8000-8000-000000000000',
      '00000007-0000-8000-8000-000000000001',
    ])
  })

  it('shows what the contract allows beyond the usual: other ids, fractions, addresses of every kind', () => {
    const events = sample({count: 2000})
    const addresses = events.map((e) => e.client?.address ?? '')

    expect(sample({count: 8})[7]?.eventId).toBe('00000007000080008000000000000007')
    expect(events.some((e) => !Number.isInteger(e.quantity))).toBe(true)
    expect(addresses.some((address) => address.startsWith('192.0.2.'))).toBe(true)
    expect(addresses.some((address) => address.startsWith('2001:db8::'))).toBe(true)
    expect(addresses.some((address) => address.endsWith('.example.net'))).toBe(true)
  })

  it('keeps the contract', async () => {
    const validate = await createUsageEventValidator()

    expect(sample({count: 2000}).flatMap(validate)).toEqual([])
  })

  it('stays in the range and in the order of time', () => {
    const times = sample({count: 1000}).map((e) => Date.parse(e.occurredAt ?? ''))

    expect(times[0]).toBeGreaterThanOrEqual(from)
    expect(times.at(-1)).toBeLessThan(to)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('uses about a hundred services, some of them far more than others', () => {
    const calls = [...countBy(sample(), (e) => e.service.name).values()].sort((a, b) => b - a)

    expect(calls).toHaveLength(100)
    expect(calls[0]).toBeGreaterThan(20 * (calls[99] ?? 0))
  })

  it('takes as many services and customers as asked for', () => {
    const events = sample({serviceCount: 3, customerCount: 2})

    expect(countBy(events, (e) => e.service.name).size).toBe(3)
    expect([...countBy(events, (e) => e.customer?.id).keys()].sort()).toEqual([
      '(none)',
      'customer-0001',
      'customer-0002',
    ])
  })

  it('has two to four errors in a hundred calls, of the client and of the server', () => {
    const events = sample()
    const statuses = events.map((e) => e.response?.status ?? 0)
    const errorShare = statuses.filter((s) => s >= 400).length / events.length

    expect(errorShare).toBeGreaterThan(0.02)
    expect(errorShare).toBeLessThan(0.04)
    expect(statuses.some((s) => s >= 400 && s < 500)).toBe(true)
    expect(statuses.some((s) => s >= 500)).toBe(true)
  })

  it('has durations with a long tail', () => {
    const durations = sample()
      .map((e) => e.durationMs ?? 0)
      .sort((a, b) => a - b)
    const median = durations[10_000] ?? 0

    expect(durations[19_980]).toBeGreaterThan(20 * median)
    expect(durations[0]).toBeGreaterThan(0)
  })

  it('counts up the sequence of every instance by one', () => {
    const last = new Map<string, number>()
    for (const event of sample()) {
      const instance = event.service.instance ?? ''
      expect(event.sequence).toBe((last.get(instance) ?? 0) + 1)
      last.set(instance, Number(event.sequence))
    }
  })

  it('leaves out feature, customer or user now and then', () => {
    const events = sample()

    expect(events.filter((e) => e.feature === undefined).length).toBeGreaterThan(100)
    expect(events.filter((e) => e.customer === undefined).length).toBeGreaterThan(100)
    expect(events.filter((e) => e.customer !== undefined && e.user === undefined).length).toBeGreaterThan(100)
  })

  it('marks events as tests only when asked to', () => {
    expect(sample({count: 1, test: true})[0]?.test).toBe(true)
    expect(sample({count: 1})[0]).not.toHaveProperty('test')
  })
})
