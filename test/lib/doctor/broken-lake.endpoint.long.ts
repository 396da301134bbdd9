import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {breaksOfLake} from './_helpers/breaks'
import {expectMended} from './_helpers/mended'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

describe('a break between the stream and the report', () => {
  it.each(breaksOfLake.map((one, i) => [one.what, one, i] as const))(
    '%s loses events, is named with its remedy, and is mended by it',
    (_, one, i) => expectMended(endpoint, one, `lake${i}`),
  )
})
