import {AwsClients} from '../../../../src/lib/aws/clients'
import {runCanary} from '../../../../src/lib/doctor/canary/run-canary'
import {doctorContext} from '../../../../src/lib/doctor/diagnose'
import {discard, testEndpoint} from '../../../_helpers/endpoint'
import type {TestEndpoint} from '../../../_helpers/endpoint'
import {namesOf, TestRoad} from '../_helpers/test-road'

jest.setTimeout(60_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

/** A clock that goes on only while somebody sleeps. */
function sleptClock() {
  let ms = Date.now()
  const sleep = async (delayMs: number) => {
    ms += delayMs
  }
  return {now: () => ms, sleep}
}

describe('a canary that is not delivered in time', () => {
  it('is broken where it should be stored, and says so after the time that it was given', async () => {
    const test = new TestRoad(endpoint, namesOf('slow'), undefined)
    await test.bind()
    const clients = new AwsClients({
      region: 'eu-west-1',
      endpoint: endpoint.url,
      credentials: endpoint.client.credentials,
    })
    const context = doctorContext(
      {
        clients,
        where: {accountId: '000000000000', region: 'eu-west-1', endpoint: endpoint.url},
        ...sleptClock(),
        signal: new AbortController().signal,
        query: async () => [],
        tryReport: async () => undefined,
        given: {road: [], place: []},
      },
      test.road,
    )

    const outcome = await runCanary(context, [], {eventId: 'canary-1', timeoutMs: 20_000})

    expect(outcome.timedOut).toBe(true)
    expect(outcome.hops.map(({hop, status}) => `${hop} ${status}`)).toEqual([
      ...['canary-accepted ok', expect.stringMatching(/^canary-matched (ok|skipped)$/)],
      ...['canary-stored broken', 'canary-queryable skipped'],
    ])
    expect(outcome.hops[2]?.reason).toBe(
      'Waited 20 s for it to be stored in the bucket. It was sent as canary-1.',
    )
    await clients.close()
    test.close()
  })
})
