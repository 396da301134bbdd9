import {Readable} from 'node:stream'
import {parseCounters, readCounters, sentIn} from '../../../../src/lib/reports/reconcile/counters'

const range = {from: Date.UTC(2026, 10, 10), to: Date.UTC(2026, 10, 11)}
const hour = {from: Date.UTC(2026, 10, 10, 5), to: Date.UTC(2026, 10, 10, 6)}

describe('counters of producers', () => {
  it.each([
    ['lines', '{"service":"a","count":3}\n\n{"service":"b","count":4}\n'],
    ['an array', '[{"service":"a","count":3},{"service":"b","count":"4"}]'],
    ['counts by service', '\uFEFF{"a": 3, "b": 4}'],
    ['CSV', 'Count, Service\r\n3,a\r\n\r\n4,"b"\r\n'],
  ])('are read from %s', (_, text) => {
    expect(parseCounters(text)).toEqual([
      {service: 'a', count: 3n},
      {service: 'b', count: 4n},
    ])
  })

  it('may be of a time of their own, and of any size', () => {
    const wanted = [{service: 'a, "b"', count: 9_007_199_254_740_993n, ...hour}]
    const times = {from: '2026-11-10T05:00:00Z', to: '2026-11-10T07:00:00+01:00'}

    expect(
      parseCounters(
        `{"service":"a, \\"b\\"","count":9007199254740993,"from":"${times.from}","to":"${times.to}"}`,
      ),
    ).toEqual(wanted)
    expect(
      parseCounters(`service,count,from,to\n"a, ""b""",9007199254740993,${times.from},${times.to}`),
    ).toEqual(wanted)
  })

  it('come from standard input too', async () => {
    expect(await readCounters('-', Readable.from(['service,count\n', 'a,1']))).toEqual([
      {service: 'a', count: 1n},
    ])
  })

  it.each([
    ['', 'line 1 has no columns "service" and "count"'],
    ['service;count\na;1', 'line 1 has no columns'],
    ['service,count\na,1\nb,-1', 'line 3 has no "count" that is a whole number'],
    ['service,count\na,1.5', 'line 2 has no "count"'],
    ['service,count\n\n"a\nb",1\nc,x', 'line 5 has no "count"'],
    ['service,count\na,1\n"b,2', 'line 3 is no CSV (Quote Not Closed'],
    ['{"service":"a","count":1}\nmore', 'line 2 is no JSON object'],
    ['[{"count":1}]', 'element 1 names no "service"'],
    ['{"a": {"b": 1}}', '"a" has no "count"'],
    ['[{"service":"a","count":1,"from":"soon"}]', 'element 1 has a "from" that is no ISO-8601 time'],
    ['[{"service":"a","count":1,"from":"2026-11-02","to":"2026-11-01"}]', 'element 1 covers no time'],
  ])('are refused with their place: %j', (text, words) => {
    expect(() => parseCounters(text)).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_COUNTERS', message: expect.stringContaining(words)}),
    )
  })

  it('that cannot be read are said so', async () => {
    await expect(readCounters('/nowhere/sent.csv', Readable.from([]))).rejects.toMatchObject({
      code: 'INPUT_NOT_READABLE',
    })
  })

  it('count where they lie in the range, and are named where they do not', () => {
    const counters = [
      {service: 'a', count: 1n},
      {service: 'a', count: 2n, ...hour},
      {service: 'b', count: 4n, from: range.from, to: range.to},
      {service: 'b', count: 8n, from: range.from, to: range.to + 1},
      {service: 'b', count: 16n, from: range.to},
      {service: 'b', count: 32n, to: range.from},
    ]

    expect(sentIn(counters, range)).toEqual({
      byService: new Map([
        ['a', 3n],
        ['b', 4n],
      ]),
      ...{partlyCount: 1, outsideCount: 2},
    })
    expect(sentIn(counters, range, 'a')).toEqual({
      byService: new Map([['a', 3n]]),
      partlyCount: 0,
      outsideCount: 0,
    })
  })
})
