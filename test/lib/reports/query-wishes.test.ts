import {queryWishes} from '../../../src/lib/reports/query-wishes'

const progress = (elapsedMs: number) => ({
  queryExecutionId: 'q',
  state: 'RUNNING',
  elapsedMs,
  scannedBytes: 2_500_000,
})

describe('what is wished of queries', () => {
  it('is read from flags', () => {
    const {maxScanBytes, reuseMinutes} = queryWishes({'max-scan': '2GB', reuse: '1h30m'}, () => undefined)

    expect({maxScanBytes, reuseMinutes}).toEqual({maxScanBytes: 2e9, reuseMinutes: 90})
    expect(queryWishes({}, () => undefined)).not.toHaveProperty('reuseMinutes')
  })

  it.each(['30s', '8d', 'soon'])('has no answer that is %s old', (reuse) => {
    expect(() => queryWishes({reuse}, () => undefined)).toThrow(
      expect.objectContaining({code: 'BAD_TIME'}) as Error,
    )
  })

  it('speaks of a query after five seconds, and then every five, and of the next one anew', () => {
    const said: string[] = []
    const {onWait} = queryWishes({}, (text) => said.push(text))

    for (const ms of [0, 4_900, 5_100, 7_000, 9_900, 10_200, 0, 4_999, 6_000]) onWait?.(progress(ms))

    expect(said).toEqual([
      'Query q is running: 5 s, 2.5 MB scanned',
      'Query q is running: 10 s, 2.5 MB scanned',
      'Query q is running: 6 s, 2.5 MB scanned',
    ])
  })
})
