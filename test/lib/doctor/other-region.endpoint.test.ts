import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {runRemedy} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

describe('a road that is looked for in another region', () => {
  it('loses events there, is named with its remedy, and is mended by it', async () => {
    const names = namesOf('region')
    await new TestRoad(endpoint, names, undefined).bind()
    const elsewhere = new TestRoad(endpoint, {...names, bucket: 'bucket-central'}, undefined, 'eu-central-1')

    await elsewhere.send('before')
    expect(await elsewhere.billedCalls('before')).toBeUndefined()

    const {exitCode, answer} = await elsewhere.doctor()
    const [bus] = brokenHops(answer)
    expect({exitCode, bus}).toMatchObject({
      exitCode: 9,
      bus: {hop: 'bus', reason: expect.stringMatching(/bus-region .*eu-central-1/) as string},
    })
    const remedies = new Set(brokenHops(answer).flatMap(({remedy}) => remedy ?? []))
    for (const remedy of remedies)
      expect({remedy, exitCode: await runRemedy(remedy)}).toEqual({remedy, exitCode: 0})

    await elsewhere.send('after')
    expect(await elsewhere.billedCalls('after')).toBe(1)
    expect(brokenHops((await elsewhere.doctor()).answer)).toEqual([])
    elsewhere.close()
  })
})
