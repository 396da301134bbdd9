import type {TestEndpoint} from '../../../_helpers/endpoint'
import type {Case} from './breaks'
import {runRemedy} from './run-words'
import {brokenHops, namesOf, TestRoad} from './test-road'

const sentBefore = 3

/**
 * Binds a road of its own and breaks it: events are lost, the doctor names the hops and the remedies, and by these words the next
 * event arrives. `id` is part of the road's names.
 */
export async function expectMended(
  endpoint: TestEndpoint,
  {broke, hops, says, byHand}: Case,
  id: string,
): Promise<void> {
  const test = new TestRoad(endpoint, namesOf(id.replaceAll('-', '')), `dead-${id}`)
  await test.bind()
  await broke(test)

  await test.send('before', sentBefore)
  const lost = await test.billedCalls('before')
  expect(lost ?? 0).toBeLessThan(sentBefore)

  const {exitCode, answer} = await test.doctor()
  const found = brokenHops(answer)
  expect({exitCode, healthy: answer.healthy, broken: found.map(({hop}) => hop)}).toEqual({
    exitCode: 9,
    healthy: false,
    broken: hops,
  })
  expect(found[0]?.reason).toMatch(says)

  await byHand?.(test)
  const remedies = new Set(found.flatMap(({remedy}) => remedy ?? []))
  for (const remedy of remedies)
    expect({remedy, exitCode: await runRemedy(remedy)}).toEqual({remedy, exitCode: 0})

  await test.send('after')
  expect(await test.billedCalls('after')).toBe(1)
  expect(brokenHops((await test.doctor()).answer)).toEqual([])
  test.close()
}
