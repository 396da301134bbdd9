import {LineReader} from '../../../../src/lib/events/import/log-line/line-reader'
import type {LogLine} from '../../../../src/lib/events/import/log-line/log-line'
import {parseMapping} from '../../../../src/lib/events/import/mapping'
import {toUsageEvent} from '../../../../src/lib/events/import/to-usage-event'
import type {UsageEvent} from '../../../../src/lib/usage-event/types'

const text =
  'h - ada [03/Nov/2026:10:15:27 +0100] "GET /api/orders/17?key=acme&x=1 HTTP/1.1" 200 512 "-" "acme-sdk/1.0"'

async function event(yaml: string, log = text): Promise<UsageEvent> {
  const mapping = await parseMapping(yaml, 'map.yaml')
  const line = new LineReader(mapping.names).read(log)
  expect(line).toMatchObject({at: expect.any(Number)})
  return toUsageEvent(line as LogLine, 'id', mapping)
}

describe('a mapping file', () => {
  it('takes members from fields, from a part of a field, and from itself', async () => {
    const yaml = `
      service: {value: shop}
      route: {from: path, match: '^/api(?<value>/.*)'}
      feature: {from: userAgent, match: '^(?<value>[^/]+)'}
      customer: {from: query, match: '(?:^|&)key=(?<value>[^&]+)'}
      user: user
    `

    expect(await event(yaml)).toMatchObject({
      service: {name: 'shop'},
      api: {operation: 'GET /orders/{id}', method: 'GET', route: '/orders/{id}'},
      feature: 'acme-sdk',
      customer: {id: 'acme'},
      user: {id: 'ada'},
    })
  })

  it('keeps the defaults of what it does not name', async () => {
    expect(await event('user: address')).toMatchObject({
      service: {name: 'access-log'},
      feature: 'api',
      customer: {id: 'ada'},
      user: {id: 'h'},
    })
  })

  it('leaves a member out where its pattern does not match', async () => {
    const mapped = await event("{customer: {from: query, match: 'tenant=(?<value>.+)'}, feature: referer}")

    expect(mapped).not.toHaveProperty('customer')
    expect(mapped).not.toHaveProperty('feature')
  })

  it('reads a log that has names of its own', async () => {
    const log =
      '{"at":"2026-11-03T09:15:27Z","req":{"verb":"GET","uri":"/v1/a?b=c"},"code":200,"took":12.5,"claims":{"sub":"ada"}}'
    const yaml = `
      fields: {time: at, method: req.verb, path: req.uri, status: code, durationMs: took}
      user: log.claims.sub
      customer: {from: log.req.uri, match: 'b=(?<value>.+)'}
    `

    expect(await event(yaml, log)).toEqual({
      eventId: 'id',
      occurredAt: '2026-11-03T09:15:27.000Z',
      service: {name: 'access-log'},
      api: {operation: 'GET /v1/a', method: 'GET', route: '/v1/a'},
      feature: 'v1',
      customer: {id: 'c'},
      user: {id: 'ada'},
      response: {status: 200},
      durationMs: 12.5,
    })
  })

  it.each([
    ['just text', 'it is not a mapping of names to sources'],
    ['tenant: user', '"tenant" is none of service, route, feature, customer, user, fields'],
    [
      'route: uri',
      'route: "uri" is none of address, user, method, path, query, route, host, status, referer, userAgent, log.NAME',
    ],
    ['fields: status', 'fields is not a mapping of fields to names of the log'],
    ['fields: {status: 1}', 'fields.status needs a name, as text'],
    [
      'fields: {code: status}',
      'fields: "code" is none of time, durationMs, address, user, method, path, query, route, host, status, ' +
        'requestSizeBytes, responseSizeBytes, referer, userAgent',
    ],
    ['route: [path]', 'route is neither a field nor {from, match} nor {value}'],
    ['route: {from: path, regex: x}', 'route.regex is not known'],
    ['route: {value: a, from: path}', 'route needs either "value" or "from", as text'],
    ["route: {from: path, match: '^/(.*)'}", 'route.match needs a group (?<value>...)'],
  ])('refuses %s', async (yaml, reason) => {
    await expect(parseMapping(yaml, 'map.yaml')).rejects.toMatchObject({
      kind: 'usage',
      code: 'BAD_MAPPING',
      message: `map.yaml is not a mapping: ${reason}.`,
    })
  })

  it('refuses a pattern that is none, and text that is no YAML', async () => {
    await expect(parseMapping("route: {from: path, match: '(?<value>['}", 'm')).rejects.toMatchObject({
      code: 'BAD_MAPPING',
    })
    await expect(parseMapping('route: {from: [', 'm')).rejects.toMatchObject({code: 'BAD_MAPPING'})
  })
})
