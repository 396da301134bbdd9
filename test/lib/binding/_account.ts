import {AwsClients} from '../../../src/lib/aws/clients'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import type {Change} from '../../../src/lib/binding/change'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import type {PlannedBinding} from '../../../src/lib/binding/plan/plan-bindings'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {shortSleep} from '../../_helpers/eventually'
import {settings as anyAccount} from './_settings'

// Every test has an endpoint of its own, and the machine may be busy.
jest.setTimeout(60_000)

/** The settings of the binding that tests begin with, on the local endpoint's account. */
export const settings: RoadSettings = {
  ...anyAccount,
  accountId: '000000000000',
  bucket: 'usage-000000000000-eu-west-1',
}

export const deps = {now: () => Date.now(), sleep: shortSleep}

/** `arn:aws:SERVICE:eu-west-1:000000000000:RESOURCE`. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:eu-west-1:000000000000:${resource}`
}

/** `create rule api-usage`. */
export function inWords({action, resource, name}: Change): string {
  return `${action} ${resource} ${name}`
}

/** Clients of an endpoint, or of what stands before it at `url`. */
export function clientsOf({client, url}: TestEndpoint, at = url): AwsClients {
  const {region, credentials} = client
  return new AwsClients({region, credentials, endpoint: at})
}

/** An endpoint with nothing on it, and the tool's own way to bind there. Parts are laid over `settings`. */
export class Account {
  private constructor(
    readonly endpoint: TestEndpoint,
    readonly clients: AwsClients,
  ) {}

  static async open(): Promise<Account> {
    const endpoint = await testEndpoint()
    return new Account(endpoint, clientsOf(endpoint))
  }

  async close(): Promise<void> {
    await this.clients.close()
    await discard(this.endpoint)
  }

  /** The plan of one binding. */
  async plan(part: Partial<RoadSettings> = {}): Promise<Change[]> {
    const plans = await planBindings(this.clients, [{...settings, ...part}])
    return plans.flatMap((plan) => plan.changes)
  }

  /** Binds, and returns what was changed. */
  async bind(...parts: Partial<RoadSettings>[]): Promise<Change[]> {
    return this.apply(await planBindings(this.clients, laidOver(parts)))
  }

  /** Binds one, with what is there and carries no tag where `adopt` is set; returns what was changed. */
  async bindWith(part: Partial<RoadSettings>, adopt: boolean): Promise<Change[]> {
    return this.apply(await planBindings(this.clients, laidOver([part]), adopt))
  }

  private async apply(plans: PlannedBinding[]): Promise<Change[]> {
    const done: Change[] = []
    await applyBindings({clients: this.clients, ...deps}, plans, (change) => done.push(change))
    return done
  }

  /** Unbinds, and returns the plan, what is kept included. */
  async unbind(...parts: Partial<RoadSettings>[]): Promise<Change[]> {
    const plans = await planRemovals(this.clients, laidOver(parts))
    await applyRemovals({clients: this.clients, ...deps}, plans)
    return plans.flatMap((plan) => plan.changes)
  }
}

function laidOver(parts: Partial<RoadSettings>[]): RoadSettings[] {
  return parts.map((part) => ({...settings, ...part}))
}
