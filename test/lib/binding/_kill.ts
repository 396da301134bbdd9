import {cpSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import {readActual} from '../../../src/lib/binding/read/actual'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {discard, temporaryFolder, testEndpoint} from '../../_helpers/endpoint'
import {clientsOf} from './_account'
import {cuttingProxy} from './_cutting-proxy'
import {everything} from './_everything'

export type Work = (clients: AwsClients) => Promise<unknown>

export interface Scenario {
  /** What there is before. */
  before: Work
  /** What is cut off and run again. */
  work: Work
  /** The binding that is looked at afterwards. */
  binding: RoadSettings
  /** Changing calls that it takes at least, so that a scenario cannot shrink to nothing unseen. */
  calls: number
}

const deps = {now: () => Date.now(), sleep: async () => undefined}

export const bind =
  (...wanted: RoadSettings[]): Work =>
  async (clients) =>
    applyBindings({clients, ...deps}, await planBindings(clients, wanted))

export const unbind =
  (...wanted: RoadSettings[]): Work =>
  async (clients) =>
    applyRemovals({clients, ...deps}, await planRemovals(clients, wanted))

export const inOrder =
  (...works: Work[]): Work =>
  async (clients) => {
    for (const work of works) await work(clients)
  }

/**
 * Does the work of a scenario whole, and once more for each of its changing calls, cut off behind that call and run again; all must end in
 * the same state. What there is before is made once: each run has an endpoint of its own on a copy of that folder.
 */
export async function expectSameStateWhereverKilled(scenario: Scenario): Promise<void> {
  const folder = await folderBefore(scenario)
  try {
    const {callCount, state} = await whole(folder, scenario)

    expect(callCount).toBeGreaterThanOrEqual(scenario.calls)
    const calls = Array.from({length: callCount}, (_each, i) => i + 1)
    const states = await Promise.all(calls.map((n) => killedAfter(n, folder, scenario)))
    for (const n of calls) expect({n, state: states[n - 1]}).toEqual({n, state})
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

interface Place {
  clients: AwsClients
  /** Does the work through a proxy that cuts the way off behind the `n`th changing call; returns how many were made. */
  through(n: number, work: Work): Promise<number>
}

/** A folder in which there is what the scenario begins with; no endpoint runs on it. */
async function folderBefore({before}: Scenario): Promise<string> {
  const endpoint = await testEndpoint()
  const clients = clientsOf(endpoint)
  await before(clients)
  await clients.close()
  await endpoint.close()
  return endpoint.dataDir
}

async function onCopyOf<T>(folder: string, use: (place: Place) => Promise<T>): Promise<T> {
  const dataDir = join(temporaryFolder(), 'copy')
  cpSync(folder, dataDir, {recursive: true})
  const endpoint = await testEndpoint(dataDir)
  const clients = clientsOf(endpoint)
  try {
    return await use({clients, through})
  } finally {
    await clients.close()
    await discard(endpoint)
    rmSync(join(dataDir, '..'), {recursive: true, force: true})
  }

  async function through(n: number, work: Work): Promise<number> {
    const proxy = await cuttingProxy(endpoint.url, n)
    const cut = clientsOf(endpoint, proxy.url)
    await work(cut)
    await cut.close()
    await proxy.close()
    return proxy.changeCount()
  }
}

/** How many changing calls the work makes, and the state that it leaves. */
function whole(folder: string, {work, binding}: Scenario): Promise<{callCount: number; state: unknown}> {
  return onCopyOf(folder, async ({clients, through}) => {
    const callCount = await through(Infinity, work)
    return {callCount, state: await stateOf(clients, binding)}
  })
}

/** The state after the work was cut off behind its `n`th changing call and run again. */
function killedAfter(n: number, folder: string, {work, binding}: Scenario): Promise<unknown> {
  return onCopyOf(folder, async ({clients, through}) => {
    await through(n, (cut) => expect(work(cut)).rejects.toMatchObject({name: 'OpError'}))
    await work(clients)
    return stateOf(clients, binding)
  })
}

/** Every resource of the account by name, and every one of the road in full with its tags, without times and versions. */
async function stateOf(clients: AwsClients, binding: RoadSettings): Promise<unknown> {
  const [all, road] = await Promise.all([everything(clients), readActual(clients, roadResources(binding))])
  const volatile = new Set(['$metadata', 'CreateTime', 'UpdateTime', 'VersionId', 'versionId', 'url'])
  const text = JSON.stringify({all, road}, (key, value: unknown) => (volatile.has(key) ? undefined : value))
  return JSON.parse(text) as unknown
}
