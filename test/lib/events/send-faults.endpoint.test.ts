import {rmSync} from 'node:fs'
import {accountsOf} from '../../faults/account-of'
import {FaultyBus, faultKinds} from '../../faults/faulty-bus'
import {faultyRun} from '../../faults/faulty-run'
import type {FaultyRun} from '../../faults/faulty-run'
import {bindRoad, callsByFeature, idsInLake} from '../../faults/lake'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {discard, temporaryFolder, testEndpoint} from '../../_helpers/endpoint'

/** A few of the runs that `npm run test:faults` makes a thousand of. */
describe('sending events through a network that fails', () => {
  let endpoint: TestEndpoint
  let bus: FaultyBus
  let folder: string
  const runs: FaultyRun[] = []

  beforeAll(async () => {
    folder = temporaryFolder()
    endpoint = await testEndpoint(undefined, () => Date.UTC(2026, 10, 3, 1))
    await bindRoad(endpoint)
    bus = await FaultyBus.start(endpoint.url)
    for (const seed of [1, 2, 3, 4]) {
      runs.push(await faultyRun({bus, seed, folder, share: 0.2, interrupted: seed % 2 === 0}))
    }
  }, 60_000)

  afterAll(async () => {
    await bus.close()
    await discard(endpoint)
    rmSync(folder, {recursive: true})
  })

  it('met every kind of fault', () => {
    expect(faultKinds.filter((kind) => bus.counts[kind] === 0)).toEqual([])
  })

  it('accounts for every event as the bus does', () => {
    for (const run of runs) {
      const {said, truth} = accountsOf(run)
      expect(said).toEqual(truth)
    }
  })

  it('counts the events that it sent more than once', () => {
    for (const {outcomes, truth} of runs.filter((run) => run.outcomes.length === 1)) {
      const again = [...truth.sentCount.values()].filter((count) => count > 1)
      expect(outcomes[0]?.result.retriedCount).toBe(again.length)
    }
  })

  it('goes on after interruptions', () => {
    expect(runs.some(({outcomes}) => outcomes.length > 1)).toBe(true)
  })

  it('has every accepted event in the lake, and counts each identity once', async () => {
    const inLake = await idsInLake(endpoint)
    const calls = await callsByFeature(endpoint)
    let copies = 0
    for (const {ids, kept, feature, truth} of runs) {
      const rejected = new Set(kept)
      expect(ids.filter((id) => !rejected.has(id) && !inLake.has(id))).toEqual([])
      copies += ids.filter((id) => (inLake.get(id) ?? 0) > 1).length
      expect(calls.get(feature)).toBe(truth.arrived.size)
    }
    expect(copies).toBeGreaterThan(0)
  }, 60_000)
})
