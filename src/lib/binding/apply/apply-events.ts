import type {PutRuleRequest, Target} from '@aws-sdk/client-eventbridge'
import {OpError} from '../../core/errors'
import type {ApplyContext} from './apply-context'
import type {Change} from '../change'
import {ownTarget} from '../read/own-target'
import {tagList} from './tag-list'
import {withNewRole} from './with-new-role'

/** Makes the event bus. */
export async function applyBus({clients, road}: ApplyContext): Promise<void> {
  const {CreateEventBusCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {name, description, tags} = road.bus
  await client.send(new CreateEventBusCommand({Name: name, Description: description, Tags: tagList(tags)}))
}

/** Makes the rule or replaces it. */
export async function applyRule({clients, road, actual}: ApplyContext, change: Change): Promise<void> {
  const {PutRuleCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {name, bus, pattern, description, describes, tags} = road.rule
  const rule: PutRuleRequest = {Name: name, EventBusName: bus, EventPattern: pattern, State: 'ENABLED'}
  if (change.action === 'create') Object.assign(rule, {Description: description, Tags: tagList(tags)})
  else Object.assign(rule, keptOfRule(actual), describes && {Description: description})
  await client.send(new PutRuleCommand(rule))
}

/** EventBridge, PutRule: "The rule is replaced with what you specify": what is left out of the call is lost. */
function keptOfRule({rule}: ApplyContext['actual']): Partial<PutRuleRequest> {
  return {
    ...(rule?.Description !== undefined && {Description: rule.Description}),
    ...(rule?.ScheduleExpression !== undefined && {ScheduleExpression: rule.ScheduleExpression}),
    ...(rule?.RoleArn !== undefined && {RoleArn: rule.RoleArn}),
  }
}

/** Points the rule at its target; its other targets stay. Throws `TARGET_REFUSED` (service) where EventBridge answers so. */
export async function applyTarget(context: ApplyContext, change: Change): Promise<void> {
  const {PutTargetsCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await context.clients.eventBridge()
  const {rule} = context.road
  const command = new PutTargetsCommand({
    Rule: rule.name,
    EventBusName: rule.bus,
    Targets: [targetOf(context, change.name)],
  })
  const answer = await withNewRole(context, `rule ${rule.name} to accept its role`, () =>
    client.send(command),
  )
  const failed = answer.FailedEntries?.[0]
  if (failed) {
    const reason = `${failed.ErrorMessage ?? 'no reason given'} (${failed.ErrorCode ?? 'no code'})`
    throw new OpError('service', 'TARGET_REFUSED', `EventBridge refused target ${change.name}: ${reason}.`)
  }
}

function targetOf({road, actual}: ApplyContext, id: string): Target {
  const {arn, roleArn, deadLetterArn, retryPolicy, input} = road.target
  const dlq = deadLetterArn ?? ownTarget(road, actual.targets)?.DeadLetterConfig?.Arn
  return {
    Id: id,
    Arn: arn,
    ...(roleArn !== undefined && {RoleArn: roleArn}),
    RetryPolicy: retryPolicy,
    ...(input as Partial<Target>),
    ...(dlq !== undefined && {DeadLetterConfig: {Arn: dlq}}),
  }
}
