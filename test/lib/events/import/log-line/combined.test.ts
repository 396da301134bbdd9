import fc from '../../../../_helpers/properties'
import {parseCommonLine} from '../../../../../src/lib/events/import/log-line/combined'

const time = '[03/Nov/2026:10:15:27 +0100]'
const at = Date.UTC(2026, 10, 3, 9, 15, 27)

const parseLogLine = (text: string) => parseCommonLine(text)?.line
const isCombined = (text: string) => parseCommonLine(text)?.isCombined

describe('parseCommonLine', () => {
  it('reads the common format', () => {
    expect(parseLogLine(`203.0.113.7 - ada ${time} "GET /v1/orders/17?page=2 HTTP/1.1" 200 512`)).toEqual({
      address: '203.0.113.7',
      user: 'ada',
      at,
      method: 'GET',
      path: '/v1/orders/17',
      query: 'page=2',
      status: 200,
      responseSizeBytes: 512,
    })
  })

  it('reads the combined format', () => {
    const line = `2001:db8::1 - - ${time} "POST /v1/orders HTTP/2.0" 201 17 "https://example.org/" "acme-sdk/1.0 (x; y)"`

    expect(parseLogLine(line)).toEqual({
      address: '2001:db8::1',
      at,
      method: 'POST',
      path: '/v1/orders',
      status: 201,
      responseSizeBytes: 17,
      referer: 'https://example.org/',
      userAgent: 'acme-sdk/1.0 (x; y)',
    })
  })

  it('takes a dash for nothing', () => {
    expect(parseLogLine(`host - - ${time} "HEAD / HTTP/1.0" 304 - "-" "-"`)).toEqual({
      address: 'host',
      at,
      method: 'HEAD',
      path: '/',
      status: 304,
      responseSizeBytes: 0,
    })
  })

  it('reads quotes and bytes as the server escaped them', () => {
    const line = String.raw`h - \xc3\xa9va ${time} "GET /\"a\" HTTP/1.1" 200 1 "-" "say \"hi\" \\ there"`

    expect(parseLogLine(line)).toMatchObject({user: 'éva', path: '/"a"', userAgent: 'say "hi" \\ there'})
  })

  it('reads a user name with a space', () => {
    expect(parseLogLine(`h - Ada Lovelace ${time} "GET / HTTP/1.1" 200 1`)).toMatchObject({
      user: 'Ada Lovelace',
    })
  })

  it('reads a line whose request is none, without method and path', () => {
    const parsed = parseLogLine(String.raw`h - - ${time} "\x16\x03\x01" 400 226 "-" "-"`)

    expect(parsed).toMatchObject({status: 400})
    expect(parsed).not.toHaveProperty('method')
    expect(parsed).not.toHaveProperty('path')
  })

  it('takes the path out of an absolute address', () => {
    const parsed = parseLogLine(`h - - ${time} "GET http://example.org/a/b?c=d?e HTTP/1.1" 200 1`)

    expect(parsed).toMatchObject({path: '/a/b', query: 'c=d?e'})
  })

  it('says whether a line has the two fields that the combined format adds', () => {
    const common = `h - - ${time} "GET / HTTP/1.1" 200 1`

    expect([isCombined(common), isCombined(`${common} "-" "-"`)]).toEqual([false, true])
  })

  it("reads API Gateway's CLF, which has no space before the request", () => {
    const line = `203.0.113.7 - - ${time}"GET /pets/{petId} HTTP/1.1" 200 512 c6af9ac6-7b61-11e6-9a41-93e8deadbeef`

    expect(parseLogLine(line)).toMatchObject({method: 'GET', path: '/pets/{petId}', status: 200})
  })

  it('reads lines with more fields behind those of the format', () => {
    expect(parseLogLine(`h - - ${time} "GET / HTTP/1.1" 200 1 "-" "agent" 0.004 "10.0.0.1"`)).toMatchObject({
      userAgent: 'agent',
    })
  })

  it.each([
    ['cut in the user agent', `h - - ${time} "GET / HTTP/1.1" 200 1 "-" "Mozilla/5.0 (compat`],
    ['cut in the referer', `h - - ${time} "GET / HTTP/1.1" 200 1 "http://exam`],
    ['cut in the request', `h - - ${time} "GET /index`],
    ['without a status', `h - - ${time} "GET / HTTP/1.1"`],
    ['with a day that is none', 'h - - [31/Nov/2026:10:15:27 +0100] "GET / HTTP/1.1" 200 1'],
    ['with an hour that is none', 'h - - [01/Nov/2026:24:15:27 +0100] "GET / HTTP/1.1" 200 1'],
    ['with a month that is none', 'h - - [01/Nox/2026:10:15:27 +0100] "GET / HTTP/1.1" 200 1'],
    ['of JSON', '{"eventId":"a"}'],
    ['that is empty', ''],
  ])('does not read a line %s', (_, line) => {
    expect(parseLogLine(line)).toBeUndefined()
  })

  it('reads no line that was cut anywhere before its last quote', () => {
    const line = `203.0.113.7 - ada ${time} "GET /v1 HTTP/1.1" 200 512 "https://example.org/" "acme sdk"`
    const isWhole = (text: string) => isCombined(text) === true

    fc.assert(
      fc.property(fc.integer({min: 0, max: line.length - 1}), (length) => !isWhole(line.slice(0, length))),
    )
    expect(isWhole(line)).toBe(true)
  })

  it('never fails on any text', () => {
    fc.assert(
      fc.property(
        fc.string({unit: fc.constantFrom('"', '\\', ' ', '[', ']', '-', '1', 'a', '/', 'x')}),
        (text) => {
          parseLogLine(text)
          parseLogLine(`h - ${text} ${time} "${text}" 200 1 "${text}"`)
        },
      ),
    )
  })
})
