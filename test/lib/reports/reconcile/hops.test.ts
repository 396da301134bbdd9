import type {HopMetrics, MetricSum} from '../../../../src/lib/reports/reconcile/hop-metrics'
import {hopsOf} from '../../../../src/lib/reports/reconcile/hops'
import type {Findings} from '../../../../src/lib/reports/reconcile/hops'
import {sumsOf} from '../../../../src/lib/reports/reconcile/sums'

const none: MetricSum = {count: 0n, fringe: 0n, before: 0n, first: 0n, last: 0n, after: 0n}
const of = (count: bigint, more: Partial<MetricSum> = {}): MetricSum => ({...none, count, ...more})
const metrics = (more: Partial<Record<string, MetricSum>> = {}): HopMetrics => ({
  ...{matched: of(100n), invocations: of(100n), failed: none, deadLetters: none, retries: none},
  ...{incoming: of(100n), delivered: of(100n), notConverted: none},
  ...more,
})
const found = (more: Partial<Findings> = {}): Findings => ({
  sums: {...sumsOf([]), raw: 100n, compacted: 100n, billed: 100n},
  metrics: metrics(),
  quarantined: 0n,
  hasCurated: true,
  fresh: {completeUntil: 1, undeliveredCount: 0},
  to: 1,
  late: [],
  ...more,
})
const hop = (name: string, more: Partial<Findings>) => hopsOf(found(more)).find((one) => one.hop === name)
const with100 = {...sumsOf([]), compacted: 0n, billed: 0n}

describe('hops against each other', () => {
  it('are whole where every count is the same', () => {
    const hops = hopsOf(found({sent: {count: 100n}}))

    expect(hops.map((one) => [one.hop, one.count, one.difference, one.missing, one.status])).toEqual([
      ['producers', 100n, undefined, 0n, 'ok'],
      ...['bus', 'stream', 'raw'].map((name) => [name, 100n, 0n, 0n, 'ok']),
      ['quarantine', 0n, undefined, 0n, 'ok'],
      ...['curated', 'billed'].map((name) => [name, 100n, 0n, 0n, 'ok']),
    ])
  })

  it.each<[string, bigint, Partial<MetricSum>, object]>([
    ['as many as the last minute had may come a minute later', 97n, {last: 3n}, {missing: 0n, status: 'ok'}],
    ['the others are missing', 96n, {last: 3n}, {missing: 1n, status: 'differs'}],
    [
      'as many as the minute before had may have come a minute later',
      102n,
      {before: 2n},
      {missing: 0n, status: 'ok'},
    ],
    ['the others came another way', 103n, {before: 2n}, {missing: 0n, status: 'differs'}],
  ])('of bus and stream, %s', (_, incoming, edges, verdict) => {
    expect(
      hop('stream', {metrics: metrics({matched: of(100n, edges), incoming: of(incoming)})}),
    ).toMatchObject(verdict)
  })

  it('say what failed for good, and where it went', () => {
    const failing = {failed: of(4n), deadLetters: of(3n), incoming: of(96n), delivered: of(90n)}
    expect(hop('stream', {metrics: metrics(failing)})).toMatchObject({
      ...{difference: -4n, missing: 4n, status: 'differs'},
      reasons: [
        '4 failed on the way from the rule, 3 of them went to the dead-letter queue',
        '90 were written to S3 in the same time',
      ],
    })
    // One of two targets failed, and it was not the stream.
    expect(hop('stream', {metrics: metrics({failed: of(4n), invocations: of(200n)})})).toMatchObject({
      status: 'ok',
      missing: 0n,
    })
  })

  it('do not call missing what may still come', () => {
    const short = metrics({incoming: of(90n), delivered: of(90n)})
    expect(hop('stream', {metrics: metrics({incoming: of(90n), retries: of(5n)})})).toMatchObject({
      missing: 0n,
      status: 'unknown',
    })
    expect(hop('stream', {metrics: short, to: 2})).toMatchObject({missing: 0n, status: 'unknown'})
    expect(hop('stream', {metrics: short, fresh: {completeUntil: 1, undeliveredCount: 10}})).toMatchObject({
      ...{missing: 0n, status: 'unknown'},
      reasons: ['10 fewer', '10 wait for delivery'],
    })
    expect(hop('stream', {metrics: short})).toMatchObject({missing: 10n, status: 'differs'})
  })

  it.each<[string, Partial<Findings['sums']>, Partial<Findings>, object]>([
    ['what an object in front of the range may hold', {raw: 98n, head: 2n}, {}, {missing: 0n, status: 'ok'}],
    ['what is in none', {raw: 97n, head: 2n}, {}, {missing: 1n, status: 'differs'}],
    [
      'what the last object may hold of behind it',
      {raw: 103n, tail: 2n, redelivered: 1n},
      {},
      {missing: 0n, status: 'ok'},
    ],
    [
      'what nobody wrote into the stream',
      {raw: 104n, tail: 2n, redelivered: 1n},
      {},
      {missing: 0n, status: 'differs'},
    ],
    [
      'what was not converted',
      {raw: 95n},
      {metrics: metrics({notConverted: of(5n)})},
      {missing: 5n, status: 'differs'},
    ],
    ['what was taken out', {raw: 95n}, {quarantined: 5n}, {missing: 0n, status: 'ok'}],
  ])('of stream and raw objects, tell %s', (_, sums, more, verdict) => {
    expect(hop('raw', {sums: {...with100, ...sums}, ...more})).toMatchObject(verdict)
  })

  it('say so where the quarantine may not be read', () => {
    const reasons = ['those that compaction took out of raw objects may not be read']
    expect(hop('quarantine', {quarantined: undefined})).toMatchObject({count: 0n, status: 'unknown', reasons})
  })

  it('of raw objects and the counters alone, know of copies and of lines that are no events', () => {
    const sums = {...with100, raw: 106n, retried: 3n, redelivered: 2n, malformedRaw: 1n}
    const silent = {metrics: {unknown: 'Nobody counts.'}, sent: {count: 100n}}

    expect(hop('raw', {sums, ...silent})).toMatchObject({difference: 6n, missing: 0n, status: 'ok'})
    expect(hop('bus', {sums, ...silent})).toEqual({
      hop: 'bus',
      missing: 0n,
      status: 'unknown',
      reasons: ['Nobody counts.'],
    })
    expect(hop('raw', {sums, ...silent, sent: {count: 100n, unknown: 'half'}})).toMatchObject({
      status: 'unknown',
    })
  })

  it('of raw and compacted, tell what is lost from what is open or was not looked at', () => {
    const sums = {...with100, raw: 100n, compacted: 80n, open: 15n, beyondRaw: 7n, beyond: 2n}

    expect(hop('curated', {sums})).toMatchObject({
      ...{difference: -20n, missing: 0n, status: 'unknown'},
      reasons: ['15 not compacted yet', '5 of days that were not looked at (--lookback)'],
    })
    expect(hop('curated', {sums: {...sums, compacted: 79n}})).toMatchObject({missing: 1n, status: 'differs'})
    expect(hop('curated', {sums, hasCurated: false})).toMatchObject({status: 'unknown'})
  })

  it('of what is billed, add up whatever it is made of', () => {
    const sums = {
      ...{...with100, raw: 40n, compacted: 30n, open: 10n, retried: 4n, redelivered: 3n, tests: 2n},
      ...{malformed: 1n, timeless: 1n, beyond: 0n, billed: 29n, unkeyed: 5n, suspected: 1n, conflicts: 1n},
    }
    const late = [
      {day: '2026-11-08', count: 2n},
      {day: '2026-11-09', count: 1n},
    ]

    expect(hop('billed', {sums, late})).toEqual({
      ...{hop: 'billed', count: 29n, difference: -1n, missing: 1n, status: 'differs'},
      reasons: [
        '10 not compacted yet, which reports read too',
        '4 sent again by producers',
        '3 delivered again',
        '2 marked as test',
        '1 malformed',
        '1 without a time, which no bill has',
        '5 of them without eventId',
        '1 of them much like another, perhaps a duplicate',
        '1 with copies that differ in what is billed',
        '3 of them late (2026-11-08: 2, 2026-11-09: 1)',
      ],
    })
  })
})
