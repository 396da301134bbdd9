import type {AwsClients} from '../aws/clients'
import {settleFormat} from '../binding/read/settle-formats'
import {roadResources} from '../road/road'
import type {Road} from '../road/road'
import type {RoadSettings} from '../road/settings'
import type {DoctorContext} from './check'
import {checksOf} from './checks/checks-of'
import {Commands} from './commands'
import type {GivenWords} from './commands'
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
}

/**
 * The road that is to be looked at. Where nothing is said of the form of its objects it is the one that its stream writes; where
 * the stream cannot be read, its own check says so.
 */
export async function doctorRoad(clients: AwsClients, settings: RoadSettings): Promise<Road> {
  return roadResources(await settleFormat(clients, settings).catch(() => settings))
}

/** What checks share while they look at one road. */
export function doctorContext(deps: DoctorDeps, road: Road): DoctorContext {
  const {given, ...ports} = deps
  const reads = new Reads(deps.clients, road, deps.now)
  return {...ports, road, reads, commands: new Commands(given, deps.where)}
}

/** Checks every hop of the road, from the caller to the report. Throws `INTERRUPTED` alone. */
export function diagnose(context: DoctorContext): Promise<HopFinding[]> {
  return runChecks(checksOf(context.road), context)
}
