import {gapsText} from '../../../../src/lib/reports/reconcile/gaps'
import {servicesOf} from '../../../../src/lib/reports/reconcile/services'
import type {ServiceKnowledge} from '../../../../src/lib/reports/reconcile/services'

const gap = (instance: string, first: bigint, last: bigint) => ({service: 's', instance, first, last})
const row = (service: string, more: Record<string, string> = {}) => ({
  ...{service, late_day: '', raw_count: '10', open_count: '10', billed_count: '10'},
  ...more,
})
const statusOf = (rows: readonly Record<string, string>[], known: Partial<ServiceKnowledge>) =>
  servicesOf(rows, {sent: undefined, gaps: new Map(), waiting: undefined, ...known}).map(
    ({service, missing, status}) => [service, missing, status],
  )

describe('services', () => {
  it('are whole where their numbers or their counters say so, and unknown where nothing does', () => {
    const rows = [row('numbered', {numbered_count: '10'}), row('counted'), row('neither')]

    expect(statusOf(rows, {sent: new Map([['counted', 10n]])})).toEqual([
      ['counted', 0n, 'ok'],
      ['neither', 0n, 'unknown'],
      ['numbered', 0n, 'ok'],
    ])
    expect(statusOf(rows.slice(0, 1), {gaps: undefined})).toEqual([['numbered', 0n, 'unknown']])
  })

  it('have as much missing as their counters or their numbers say, whichever is more', () => {
    const gaps = new Map([['s', {gapCount: 1n, missing: 3n, first: [gap('i', 4n, 6n)]}]])
    const sent = (count: bigint) => new Map([['s', count]])

    expect(statusOf([row('s')], {gaps, sent: sent(11n)})).toEqual([['s', 3n, 'differs']])
    expect(statusOf([row('s')], {gaps, sent: sent(15n)})).toEqual([['s', 5n, 'differs']])
    expect(statusOf([row('s', {head_count: '2'})], {sent: sent(12n)})).toEqual([['s', 0n, 'ok']])
    expect(statusOf([row('s', {head_count: '2'})], {sent: sent(15n)})).toEqual([['s', 3n, 'differs']])
    expect(statusOf([row('s')], {sent: sent(15n), waiting: 'on their way'})).toEqual([['s', 0n, 'unknown']])
  })

  it('that sent by their counters and of which nothing arrived have a row, and others have none', () => {
    const nothing = {raw_count: '0', open_count: '0', billed_count: '0', tail_count: '0'}

    expect(statusOf([row('before', nothing)], {sent: new Map([['gone', 4n]])})).toEqual([
      ['gone', 4n, 'differs'],
    ])
  })
})

describe('gaps', () => {
  it('stand together by instance, and say how many more there are', () => {
    const first = [gap('i-1', 4n, 6n), gap('i-1', 9n, 9n), gap('i-2', 1n, 2n)]

    expect(gapsText({gapCount: 3n, missing: 6n, first})).toBe('i-1: 4 to 6, 9; i-2: 1 to 2')
    expect(gapsText({gapCount: 1_003n, missing: 6n, first})).toBe(
      'i-1: 4 to 6, 9; i-2: 1 to 2 and 1,000 more',
    )
  })
})
