import type {AwsClients} from '../aws/clients'
import type {Road} from '../road/road'
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
