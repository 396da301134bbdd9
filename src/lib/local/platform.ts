import type {BlobStore} from './blob-store'
import type {Clock} from './clock'
import type {Metrics} from './metrics/metrics'
import type {Parcel} from './parcel'

import type {RolePolicies} from './policy/role-policies'
import type {Received} from './received/received'
import type {Sequence} from './sequence'
import type {Store} from './store'

/** Who calls, and where: account and region of the call (the region comes from its signature). */
export interface CallContext {
  accountId: string
  region: string
  requestId: string
  /** `http://127.0.0.1:PORT` of this endpoint, for answers that hold an address (queue URLs). */
  endpoint: string
  /** The call's moment on the endpoint's clock, milliseconds since 1970. */
  now: number
}

/**
 * An operation of a service: takes the input as the SDK types it (required members are there, types are right) and
 * returns the output as the SDK types it. When the promise resolves, what it acknowledges is durable.
 */
export type Operation<I, O> = (
  input: I,
  ctx: CallContext,
) => Promise<Omit<O, '$metadata'>> | Omit<O, '$metadata'>

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire hands each operation the input its own schema describes
export type Operations = Record<string, Operation<any, any>>

/** One event on its way to one target, as the outbox hands it to the service that owns the target. */
export interface Delivery {
  /** What the target receives. */
  body: string
  /** The event, where the target's input settings have made another body of it. */
  event?: string
  /** Message attributes of a dead letter (type String); absent otherwise. */
  attributes?: Readonly<Record<string, string>>
  /** ARNs of the buses that the event came over before the rule's own. */
  passedBuses?: readonly string[]
}

/** Why a delivery failed. `retryable` follows the service's rules: throttling and 5xx are, permission and absence are not. */
export interface DeliveryFailure {
  /** As in the dead-letter attribute ERROR_CODE, for example `NO_PERMISSIONS`, `NO_RESOURCE`. */
  code: string
  message: string
  retryable: boolean
}

export interface DeliveryRequest {
  targetArn: string
  /** The role that the rule hands to the target, where its kind takes one. */
  roleArn: string | undefined
  /** The rule on whose behalf this is delivered: `aws:SourceArn` of resource policies. */
  ruleArn: string
  region: string
  accountId: string
  deliveries: readonly Delivery[]
  /** The same bodies in UTF-8 and joined by line breaks, where they are at hand: a target of lines need not write them again. */
  lines?: readonly Buffer[] | undefined
  /** Where in the event a Kinesis record's partition key stands; absent where the target names none. */
  partitionKeyPath?: string | undefined
}

export interface DeliveryOutcome {
  /** The writes by which the target takes the events. The outbox runs them in the transaction that removes the events from
   * the outbox (`Store.batch`), so an event is in the one or in the other, never in both and never in neither. */
  stage?: () => void
  /** Called once those writes are on disk. */
  committed?: () => void
  /** What the target did not take, by its place in `deliveries`. */
  failed?: {index: number; failure: DeliveryFailure}[]
}

/** A running service: its operations, and what it takes from the rest of the endpoint. */
export interface Service {
  operations: Operations
  /** Takes events that a rule sends to a target of this service. */
  deliver?: (request: DeliveryRequest) => DeliveryOutcome | Promise<DeliveryOutcome>
  /** Delivers everything that waits in this service, whatever its buffers would still wait for. */
  flush?: () => Promise<void>
  /** Resolves once the work that timers have started is done (`local advance` waits for it). */
  settled?: () => Promise<void>
  /** Events that were accepted on a bus with a started discoverer. Must be cheap. */
  observe?: (seen: {region: string; events: readonly unknown[]}) => void
  /** Ends what the service still does when the endpoint ends. */
  close?: () => Promise<void>
  /** What still waits in this service: how many, and since when (milliseconds since 1970). */
  pending?: () => {count: number; oldestAt: number | undefined}
}

/** What the endpoint gives each service. Services know the platform and nothing of each other. */
export interface Platform {
  accountId: string
  clock: Clock
  store: Store
  /** Names of rows, growing over restarts. */
  sequence: Sequence
  /** What CloudWatch shows. */
  metrics: Metrics
  /** Where PutEvents notes what came in, for `local events`. */
  received: Pick<Received, 'add'>
  blobs: BlobStore
  /** Where events go that have matched a rule; durable when the promise resolves. */
  outbox: {
    accept(parcel: Parcel): Promise<void>
    /** The same as part of another transaction: `stage` runs inside `Store.batch`, `committed` once that is on disk. */
    join(parcel: Parcel): {stage: () => void; committed: () => void}
    /** Resolves once everything that is ready has been handed over. */
    settled(): Promise<void>
  }
  /** Another service, by its signing name; loads it where it does not run yet. The one way from service to service. */
  service: (name: string) => Promise<Service | undefined>
  roles: RolePolicies
  /** A line for the endpoint's log (stderr of `local start`); never an answer. */
  log: (line: string) => void
}
