import {rmSync} from 'node:fs'
import type {TestEndpoint} from '../_helpers/endpoint'
import {discard, temporaryFolder, testEndpoint} from '../_helpers/endpoint'
import {accountsOf} from './account-of'
import {FaultyBus, faultKinds} from './faulty-bus'
import {faultyRun} from './faulty-run'
import {bindRoad, callsByFeature, idsInLake} from './lake'

const leastRuns = Number(process.env['FAULT_RUNS'] ?? 1000)
/** Of each kind; for fewer runs there are as many fewer. */
const leastFaults = 2 * leastRuns
const share = 0.1

/** What is kept of a run: its events would not fit into memory a thousand times. */
interface Kept {
  feature: string
  accepted: string[]
  arrivedCount: number
}

interface Figures {
  runs: number
  continuedRuns: number
  events: number
  accepted: number
  rejected: number
  retried: number
  copiesInLake: number
}

/** One endpoint for all runs; every third is interrupted again and again, and gone on with from its checkpoint. */
describe('a thousand runs of sending events through a network that fails', () => {
  let endpoint: TestEndpoint
  let bus: FaultyBus
  let folder: string

  beforeAll(async () => {
    folder = temporaryFolder()
    endpoint = await testEndpoint(undefined, () => Date.UTC(2026, 10, 3, 1))
    await bindRoad(endpoint)
    bus = await FaultyBus.start(endpoint.url)
  })

  afterAll(async () => {
    await bus.close()
    await discard(endpoint)
    rmSync(folder, {recursive: true})
  })

  it('loses no accepted event, accounts as the bus does, and counts each identity once', async () => {
    const figures = {
      runs: 0,
      continuedRuns: 0,
      events: 0,
      accepted: 0,
      rejected: 0,
      retried: 0,
      copiesInLake: 0,
    }
    const kept: Kept[] = []
    for (let seed = 1; seed <= leastRuns || fewestFaults(bus) < leastFaults; seed++) {
      kept.push(await checkedRun({bus, folder, seed}, figures))
      if (seed % 50 === 0) process.stderr.write(`${seed} runs, ${bus.callCount} calls\n`)
    }
    figures.copiesInLake = await checkLake(endpoint, kept)
    process.stdout.write(
      `${JSON.stringify({...figures, calls: bus.callCount, faults: bus.counts}, null, 2)}\n`,
    )
    expect(fewestFaults(bus)).toBeGreaterThanOrEqual(leastFaults)
  })
})

function fewestFaults({counts}: FaultyBus): number {
  return Math.min(...faultKinds.map((kind) => counts[kind]))
}

async function checkedRun(
  {bus, folder, seed}: {bus: FaultyBus; folder: string; seed: number},
  figures: Figures,
): Promise<Kept> {
  const run = await faultyRun({bus, seed, folder, share, interrupted: seed % 3 === 0})
  const {said, truth} = accountsOf(run)
  expect({seed, ...said}).toEqual({seed, ...truth})
  const rejected = new Set(run.kept)
  figures.runs += 1
  figures.continuedRuns += run.outcomes.length > 1 ? 1 : 0
  figures.events += run.ids.length
  figures.accepted += said.accepted
  figures.rejected += rejected.size
  figures.retried += run.outcomes.reduce((sum, {result}) => sum + result.retriedCount, 0)
  const accepted = run.ids.filter((id) => !rejected.has(id))
  return {feature: run.feature, accepted, arrivedCount: run.truth.arrived.size}
}

/** Answers how many accepted events stand in the lake more than once. */
async function checkLake(endpoint: TestEndpoint, kept: readonly Kept[]): Promise<number> {
  const inLake = await idsInLake(endpoint)
  const calls = await callsByFeature(endpoint)
  let copies = 0
  for (const {feature, accepted, arrivedCount} of kept) {
    expect({feature, lost: accepted.filter((id) => !inLake.has(id))}).toEqual({feature, lost: []})
    expect({feature, calls: calls.get(feature)}).toEqual({feature, calls: arrivedCount})
    copies += accepted.filter((id) => (inLake.get(id) ?? 0) > 1).length
  }
  return copies
}
