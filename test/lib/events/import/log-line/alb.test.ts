import fc from '../../../../_helpers/properties'
import {isAlbLine, parseAlbLine} from '../../../../../src/lib/events/import/log-line/alb'

const start =
  'https 2026-11-03T09:15:27.512345Z app/shop/50dc6c495c0c9188 203.0.113.7:2817 10.0.0.1:80 0.001 0.045 0.000 200 200 312 5120'
const client = '"GET https://api.example.org:443/v1/orders/17?page=2 HTTP/1.1" "acme-sdk/1.0 (x)"'
const rest =
  'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/73e2d6bc24d8a067 ' +
  '"Root=1-58337262-36d228ad5d99923122bbe354" "api.example.org" "session-reused" 1 2026-11-03T09:15:27.466000Z "forward" "-" "-" ' +
  '"10.0.0.1:80" "200" "-" "-" TID_1234abcd'
const line = `${start} ${client} ${rest}`

describe('parseAlbLine', () => {
  it('reads what a usage event needs, at the time the request came in', () => {
    const {record, ...parsed} = parseAlbLine(line) ?? {}

    expect(parsed).toEqual({
      at: Date.UTC(2026, 10, 3, 9, 15, 27, 466),
      address: '203.0.113.7',
      method: 'GET',
      host: 'api.example.org',
      path: '/v1/orders/17',
      query: 'page=2',
      status: 200,
      requestSizeBytes: 312,
      responseSizeBytes: 5120,
      durationMs: 46,
      userAgent: 'acme-sdk/1.0 (x)',
    })
    expect(record).toMatchObject({elb: 'app/shop/50dc6c495c0c9188', conn_trace_id: 'TID_1234abcd'})
  })

  it('reads lines with fewer fields, as they were written in former years, and with more', () => {
    expect(parseAlbLine(`${start} ${client}`)).toMatchObject({at: Date.UTC(2026, 10, 3, 9, 15, 27, 512)})
    expect(parseAlbLine(`${line} "something" new`)).toMatchObject({status: 200})
  })

  it('reads an IPv6 client', () => {
    expect(parseAlbLine(line.replace('203.0.113.7:2817', '2001:db8::7:2817'))).toMatchObject({
      address: '2001:db8::7',
    })
  })

  it('has no duration where the request never came to a target', () => {
    const parsed = parseAlbLine(line.replace('0.001 0.045 0.000 200 200', '-1 -1 -1 503 -'))

    expect(parsed).toMatchObject({status: 503})
    expect(parsed).not.toHaveProperty('durationMs')
  })

  it('reads a connection that sent no request', () => {
    const parsed = parseAlbLine(line.replace(client, '"- http://10.0.0.1:80- " "-"'))

    expect(parsed).not.toHaveProperty('method')
    expect(parsed).not.toHaveProperty('userAgent')
  })

  it.each([
    ['cut before the user agent', line.slice(0, start.length + 30)],
    ['cut inside a quote', line.slice(0, -60).replace(/"[^"]*$/, '"10.0')],
    ['with two spaces', line.replace(' 200 200', '  200 200')],
    ['without a time', line.replaceAll(/2026-11-03T\S+/g, '2026-11-31T00:00:00Z')],
  ])('does not read a line %s', (_, text) => {
    expect(parseAlbLine(text)).toBeUndefined()
  })

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('"', '\\', ' ', '-', '1', 'a', '/', 'x')}), (text) => {
        parseAlbLine(`${start} ${text}`)
      }),
    )
    expect(isAlbLine(line)).toBe(true)
  })
})
