import {request} from 'node:http'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'

describe('web pages and the endpoint', () => {
  let endpoint: TestEndpoint

  beforeAll(async () => {
    endpoint = await testEndpoint()
  })

  afterAll(() => discard(endpoint))

  /** Status of an AWS call with these headers. `fetch` would not let `Host` be set. */
  const statusOf = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const call = request(endpoint.url, {
        method: 'POST',
        headers: {'x-amz-target': 'AWSEvents.ListEventBuses', ...headers},
      })
      call.on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      call.on('error', reject)
      call.end('{}')
    })

  it('takes calls by the names of this machine', async () => {
    expect(await statusOf({})).toBe(200)
    expect(await statusOf({host: 'localhost:4577'})).toBe(200)
    expect(await statusOf({host: '[::1]:4577'})).toBe(200)
  })

  it('refuses the call of a page of another origin', async () => {
    expect(await statusOf({origin: 'https://example.com'})).toBe(403)
  })

  it('refuses a name that was bound to this machine later (DNS rebinding)', async () => {
    expect(await statusOf({host: 'attacker.example:4577'})).toBe(403)
  })
})
