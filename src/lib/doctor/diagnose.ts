import type {AwsClients} from '../aws/clients'
import {settleFormat} from '../binding/read/settle-formats'
import {roadResources} from '../road/road'
import type {Road} from '../road/road'
import type {RoadSettings} from '../road/settings'
import type {DoctorContext} from './check'
import {checksOf} from './checks/checks-of'
import {Commands} from './commands'
import type {GivenWords} from './commands'
import {deployedOptions} from './deployed-options'
import type {HopFinding} from './finding'
import {Reads} from './reads'
import {runChecks} from './run-checks'

export interface DoctorDeps extends Pick<
  DoctorContext,
  'clients' | 'where' | 'now' | 'sleep' | 'signal' | 'query' | 'tryReport'
> {
  clients: AwsClients
  /** The words that remedies repeat, so that they mean the same road. */
  given: GivenWords
  /** Flags by which they keep what is deployed and nobody said: see `doctorRoad`. */
  kept?: readonly string[]
}

/**
 * The road that is to be looked at. Where nothing is said of the form of its objects it is the one that its stream writes, and
 * what nobody says of its target is what is deployed (`kept`: the flags that say so); where one of them cannot be read, its
 * own check says so.
 */
export async function doctorRoad(
  clients: AwsClients,
  settings: RoadSettings,
): Promise<{road: Road; kept: string[]}> {
  const [settled, {options, words}] = await Promise.all([
    settleFormat(clients, settings).catch(() => settings),
    deployedOptions(clients, settings),
  ])
  return {road: roadResources({...settled, ...options}), kept: words}
}

/** What checks share while they look at one road. */
export function doctorContext(deps: DoctorDeps, road: Road): DoctorContext {
  const {given, kept, ...ports} = deps
  const reads = new Reads(deps.clients, road, deps.now)
  return {...ports, road, reads, commands: new Commands(given, deps.where, kept)}
}

/** Checks every hop of the road, from the caller to the report. Throws `INTERRUPTED` alone. */
export function diagnose(context: DoctorContext): Promise<HopFinding[]> {
  return runChecks(checksOf(context.road), context)
}
