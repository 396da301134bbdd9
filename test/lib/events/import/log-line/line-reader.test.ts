import fc from '../../../../_helpers/properties'
import {LineReader} from '../../../../../src/lib/events/import/log-line/line-reader'
import type {LogLine} from '../../../../../src/lib/events/import/log-line/log-line'

const at = Date.UTC(2026, 10, 3, 9, 15, 27)
const iso = '2026-11-03T09:15:27Z'
const clf = '03/Nov/2026:10:15:27 +0100'

/** What is read of lines, without the lines themselves. */
function read(...lines: string[]): unknown[] {
  const reader = new LineReader()
  return lines.map((line) => {
    const found = reader.read(line)
    return typeof found === 'object' ? withoutRecord(found) : (found ?? {})
  })
}

function withoutRecord(line: LogLine): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'record'))
}

const readJson = (record: object) => read(JSON.stringify(record))[0]

describe('lines of JSON', () => {
  it("reads nginx's variables", () => {
    const record = {
      time_iso8601: '2026-11-03T10:15:27+01:00',
      remote_addr: '203.0.113.7',
      remote_user: 'ada',
      request_method: 'GET',
      request_uri: '/v1/orders/17?page=2',
      status: '200',
      body_bytes_sent: '512',
      request_length: '321',
      request_time: '0.023',
      http_referer: '-',
      http_user_agent: 'acme-sdk/1.0',
      host: 'api.example.org',
    }

    expect(readJson(record)).toEqual({
      at,
      address: '203.0.113.7',
      user: 'ada',
      method: 'GET',
      path: '/v1/orders/17',
      query: 'page=2',
      host: 'api.example.org',
      status: 200,
      responseSizeBytes: 512,
      requestSizeBytes: 321,
      durationMs: 23,
      userAgent: 'acme-sdk/1.0',
    })
  })

  it("reads API Gateway's variables, whose request time is a time", () => {
    const record = {
      requestId: 'c6af9ac6',
      ip: '203.0.113.7',
      caller: '-',
      user: '-',
      requestTime: clf,
      httpMethod: 'GET',
      resourcePath: '/orders/{id}',
      path: '/prod/orders/17',
      status: '200',
      protocol: 'HTTP/1.1',
      responseLength: '512',
      responseLatency: '17',
    }

    expect(readJson(record)).toEqual({
      at,
      address: '203.0.113.7',
      method: 'GET',
      route: '/orders/{id}',
      path: '/prod/orders/17',
      status: 200,
      responseSizeBytes: 512,
      durationMs: 17,
    })
  })

  it('takes the path out of the route key of an HTTP API, which may be none', () => {
    const record = {requestTimeEpoch: at, status: 200}

    expect(readJson({...record, routeKey: 'GET /orders/{id}'})).toMatchObject({route: '/orders/{id}'})
    expect(readJson({...record, routeKey: '$default'})).not.toHaveProperty('route')
  })

  it('reads a request in one text, and times of every kind', () => {
    const request = 'GET /v1/orders HTTP/1.1'

    for (const time of [
      {time: iso},
      {time_local: clf},
      {msec: '1793697327.000'},
      {ts: at / 1000},
      {timestamp: at},
    ]) {
      expect(readJson({...time, request})).toEqual({at, method: 'GET', path: '/v1/orders'})
    }
  })

  it.each([
    ['without a time', {request_uri: '/', status: 200}],
    ['whose time is none', {time: 'now', request_uri: '/', status: 200}],
    ['about no request', {time: iso, level: 'info', msg: 'started'}],
  ])('does not read a line %s', (_, record) => {
    expect(new LineReader().read(JSON.stringify(record))).toBeUndefined()
  })

  it('does not read a line that was cut', () => {
    expect(new LineReader().read('{"time":"2026-11-03T09:15:27Z","status":20')).toBeUndefined()
  })
})

describe("lines of CloudFront's standard log", () => {
  const fields =
    'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) ' +
    'cs-uri-query x-host-header cs-bytes time-taken'
  const header = ['#Version: 1.0', `#Fields: ${fields}`]
  const values =
    '2026-11-03 09:15:27 FRA56-P1 512 203.0.113.7 GET d111111abcdef8.cloudfront.net /v1/orders/17 200 - acme-sdk/1.0%20(x) ' +
    'page=2 api.example.org 321 0.023'
  const line = values.replaceAll(' ', '\t')

  it('reads them by their header, which is no line itself', () => {
    expect(read(...header, line)).toEqual([
      'none',
      'none',
      {
        at,
        address: '203.0.113.7',
        method: 'GET',
        host: 'api.example.org',
        path: '/v1/orders/17',
        query: 'page=2',
        status: 200,
        requestSizeBytes: 321,
        responseSizeBytes: 512,
        durationMs: 23,
        userAgent: 'acme-sdk/1.0 (x)',
      },
    ])
  })

  it('does not read a line that was cut, or has no header', () => {
    const [, , cut] = read(...header, line.slice(0, -10))

    expect(cut).toEqual({})
    expect(read(line)).toEqual([{}])
  })

  it('takes another header between two lines', () => {
    const [, , , , after] = read(
      ...header,
      line,
      '#Fields: date time c-ip sc-status',
      `2026-11-03\t09:15:27\t::1\t404`,
    )

    expect(after).toEqual({at, address: '::1', status: 404})
  })
})

describe('a log', () => {
  it('of the combined format has a line that was cut between two fields', () => {
    const common = `h - - [${clf}] "GET / HTTP/1.1" 200 1`

    expect(read(common)).toEqual([expect.objectContaining({at})])
    expect(read(`${common} "-" "-"`, common)[1]).toEqual({})
  })

  it('has lines of several formats where it was put together', () => {
    const found = read(
      `h - - [${clf}] "GET / HTTP/1.1" 200 1`,
      JSON.stringify({time: iso, path: '/', status: 200}),
    )

    expect(found).toEqual([expect.objectContaining({at}), expect.objectContaining({at})])
  })

  it('never makes the reader fail', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"time":',
      '"a"',
      `"${iso}"`,
      ',',
      '#Fields:',
      '\t',
      ' a',
      '__proto__',
      '%',
      '1',
    )
    fc.assert(
      fc.property(fc.array(fc.array(piece)), (lines) => {
        const reader = new LineReader()
        for (const pieces of lines) reader.read(pieces.join(''))
      }),
    )
  })
})
