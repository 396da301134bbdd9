import {randomUUID} from 'node:crypto'
import type {DeliveryFailure, DeliveryOutcome, DeliveryRequest, Platform} from '../../platform'
import {evaluateResourcePolicy} from '../../policy/evaluate'
import type {EventStore, LogEvent} from './event-store'
import {toLogEvent} from './to-log-event'
import type {GroupStore, LogGroup} from './group-store'
import {maxBatchBytes, sizeBytesOf} from './put-log-events'
import type {ResourcePolicies} from './resource-policies'
import {newStream, streamArn, type LogStream, type LogStreamStore} from './stream-store'

/** Who sends on behalf of a rule. AWS's console lets `delivery.logs.amazonaws.com` in beside it. */
const eventBridge = 'events.amazonaws.com'

/** What EventBridge does with a log group (EventBridge user guide, "CloudWatch Logs permissions"). */
const actions = ['logs:CreateLogStream', 'logs:PutLogEvents']

export interface LogsParts {
  groups: GroupStore
  streams: LogStreamStore
  events: EventStore
  policies: ResourcePolicies
}

/**
 * Takes events that a rule sends to a log group, if the account's log resource policies let EventBridge in: one log event an event, in
 * a log stream that is made for the purpose. Nothing is written before the outcome's `stage`.
 */
export function deliverTo(parts: LogsParts, {clock, sequence}: Platform) {
  /** The stream of each group that this run of the endpoint delivers into, by the group's row. */
  const current = new Map<string, LogStream>()

  return (request: DeliveryRequest): DeliveryOutcome => {
    const group = parts.groups.byArn(request.targetArn)
    if (!group) return refuseAll(request, noResource(request.targetArn))
    const known = current.get(group.row)
    const stream =
      known && parts.streams.find(group, known.name)
        ? known
        : newStream(randomUUID(), sequence.next(), {now: clock.now()})
    const refused = refusal(parts.policies, group, stream, request)
    if (refused) return refuseAll(request, refused)
    current.set(group.row, stream)
    const {taken, failed} = toEvents(request, clock.now())
    const stage = (): void => {
      parts.streams.stage(group, stream)
      parts.events.stage(group, stream, taken, clock.now())
    }
    return taken.length > 0 ? {stage, failed} : {failed}
  }
}

function toEvents({deliveries}: DeliveryRequest, now: number) {
  const taken: LogEvent[] = []
  const failed: NonNullable<DeliveryOutcome['failed']> = []
  for (const [index, delivery] of deliveries.entries()) {
    const event = toLogEvent(delivery, now)
    if (!event) failed.push({index, failure: noLogEvent})
    else if (sizeBytesOf(event.message) > maxBatchBytes) failed.push({index, failure: tooLarge})
    else taken.push(event)
  }
  return {taken, failed}
}

function refusal(
  policies: ResourcePolicies,
  group: LogGroup,
  stream: LogStream,
  request: DeliveryRequest,
): DeliveryFailure | undefined {
  const refusedAction = actions.find((action) => !mayDo(action, policies, group, stream, request))
  if (refusedAction === undefined) return undefined
  return {
    code: 'NO_PERMISSIONS',
    message: `No resource policy of CloudWatch Logs allows ${eventBridge} to perform ${refusedAction} on ${group.arn} for ${request.ruleArn}.`,
    retryable: false,
  }
}

/** One policy must allow it, and none deny it. */
function mayDo(
  action: string,
  policies: ResourcePolicies,
  group: LogGroup,
  stream: LogStream,
  request: DeliveryRequest,
): boolean {
  const decisions = policies.list(group.region).map(({document}) =>
    evaluateResourcePolicy(document, {
      ...{principalService: eventBridge, action, resource: streamArn(group, stream.name)},
      context: {'aws:SourceArn': request.ruleArn, 'aws:SourceAccount': request.accountId},
    }),
  )
  return decisions.includes('allowed') && !decisions.includes('denied')
}

function refuseAll(request: DeliveryRequest, failure: DeliveryFailure): DeliveryOutcome {
  return {failed: request.deliveries.map((_, index) => ({index, failure}))}
}

const noLogEvent: DeliveryFailure = {
  code: 'INVALID_PARAMETER',
  message: 'The input transformer of a log group must make {"timestamp": TIME, "message": MESSAGE}.',
  retryable: false,
}

const tooLarge: DeliveryFailure = {
  code: 'INVALID_PARAMETER',
  message: `The event is larger than a log event may be (${maxBatchBytes} bytes).`,
  retryable: false,
}

function noResource(arn: string): DeliveryFailure {
  return {code: 'NO_RESOURCE', message: `The log group ${arn} does not exist.`, retryable: false}
}
