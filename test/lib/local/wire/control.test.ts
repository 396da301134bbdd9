import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {call} from './_call'

let endpoint: TestEndpoint

beforeAll(async () => {
  endpoint = await testEndpoint()
})

afterAll(() => discard(endpoint))

const control = (name: string, options: Parameters<typeof call>[1] = {}) =>
  call(endpoint.url, {path: `/_usage-tracker/${name}`, ...options})

describe('the control API', () => {
  it('says that it is ready, and how things stand', async () => {
    expect(JSON.parse((await control('health', {method: 'GET'})).body)).toEqual({
      ...{status: 'ready', version: '0.0.0-test', dataDir: endpoint.dataDir, pid: process.pid},
    })
    expect(JSON.parse((await control('status', {method: 'GET'})).body)).toMatchObject({
      ...{endpoint: endpoint.url, pending: {count: 0}},
    })
  })

  it.each(['health', 'reset', 'stop', 'advance'])('refuses a web page that asks for %s', async (name) => {
    const headers = {origin: 'https://example.com'}
    const method = name === 'health' ? 'GET' : 'POST'
    const before = JSON.parse((await control('status', {method: 'GET'})).body) as {now: string}

    const body = method === 'POST' ? '{"ms":3600000}' : undefined
    const answer = await control(name, {method, headers, ...(body ? {body} : {})})

    expect(answer.status).toBe(403)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    const after = JSON.parse((await control('status', {method: 'GET'})).body) as {now: string}
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeLessThan(60_000)
  })

  it.each(['{"ms":-1}', '{"ms":"1"}', '{}', 'no json', 'null'])('refuses to advance by %s', async (body) => {
    expect((await control('advance', {body})).status).toBe(400)
  })

  it('has no other names', async () => {
    expect((await control('coffee')).status).toBe(404)
    expect((await control('flush', {method: 'GET'})).status).toBe(404)
  })
})
