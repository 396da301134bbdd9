import type {
  ListTargetsByRuleCommandInput,
  ListTargetsByRuleCommandOutput,
  PutTargetsCommandInput,
  PutTargetsCommandOutput,
  RemoveTargetsCommandInput,
  RemoveTargetsCommandOutput,
  Target,
} from '@aws-sdk/client-eventbridge'
import {tryParseArn, type Arn} from '../../../core/arn'
import {Constraints, pageLimit} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Store} from '../../store'
import {refuseManaged} from './managed-rules'
import {checkKindMembers} from './target-kinds'
import {checkInput, inputMembers, limitInput} from './target-inputs'
import {busName, ruleKey, ruleOrThrow, type Tables} from './rows'

const targetsPerRule = 5

/** Target kinds that events can be delivered to here, and whether the rule must hand them a role. */
const kinds: Readonly<Record<string, {resource: RegExp; needsRole: boolean}>> = {
  firehose: {resource: /^deliverystream\//, needsRole: true},
  events: {resource: /^event-bus\/[/.\-_A-Za-z0-9]+$/, needsRole: true},
  sqs: {resource: /^[A-Za-z0-9_-]{1,80}$/, needsRole: false},
  kinesis: {resource: /^stream\/[a-zA-Z0-9_.-]{1,128}$/, needsRole: true},
  logs: {resource: /^log-group:[.\-_/#A-Za-z0-9]{1,512}(?::\*)?$/, needsRole: false},
}

/** What a target may hold here. Everything else would change what is delivered, and is refused. */
const knownMembers = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'DeadLetterConfig',
  'RetryPolicy',
  'SqsParameters',
  'KinesisParameters',
  ...inputMembers,
])

/** PutTargets, RemoveTargets, ListTargetsByRule. */
export function targetOperations(
  store: Store,
  tables: Tables,
  changed: (region: string, bus: string) => void,
): Operations {
  const putTargets = (
    input: PutTargetsCommandInput,
    ctx: CallContext,
  ): Omit<PutTargetsCommandOutput, '$metadata'> => {
    const bus = busName(input.EventBusName, ctx)
    const wanted = input.Targets ?? []
    checkTargets(wanted, ctx)
    store.write(() => {
      const rule = ruleOrThrow(tables, ctx, bus, input.Rule ?? '')
      refuseManaged(rule)
      const byId = new Map(rule.targets.map((target) => [target.Id, target]))
      for (const target of wanted) byId.set(target.Id, target)
      if (byId.size > targetsPerRule) {
        throw new ServiceError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        )
      }
      tables.rules.put(ruleKey(ctx.region, bus, rule.name), {...rule, targets: [...byId.values()]})
    })
    changed(ctx.region, bus)
    return {FailedEntryCount: 0, FailedEntries: []}
  }

  const removeTargets = (
    input: RemoveTargetsCommandInput,
    ctx: CallContext,
  ): Omit<RemoveTargetsCommandOutput, '$metadata'> => {
    const bus = busName(input.EventBusName, ctx)
    store.write(() => {
      const rule = ruleOrThrow(tables, ctx, bus, input.Rule ?? '')
      if (!input.Force) refuseManaged(rule)
      const gone = new Set(input.Ids)
      const targets = rule.targets.filter((target) => !gone.has(target.Id ?? ''))
      tables.rules.put(ruleKey(ctx.region, bus, rule.name), {...rule, targets})
    })
    changed(ctx.region, bus)
    return {FailedEntryCount: 0, FailedEntries: []}
  }

  const listTargetsByRule = (
    input: ListTargetsByRuleCommandInput,
    ctx: CallContext,
  ): Omit<ListTargetsByRuleCommandOutput, '$metadata'> => {
    const {targets} = ruleOrThrow(tables, ctx, busName(input.EventBusName, ctx), input.Rule ?? '')
    const start = Number(input.NextToken ?? 0)
    if (!Number.isInteger(start) || start < 0) throw invalid('The specified nextToken is not valid.')
    const end = start + pageLimit(input.Limit)
    return {Targets: targets.slice(start, end), NextToken: end < targets.length ? String(end) : undefined}
  }

  return {PutTargets: putTargets, RemoveTargets: removeTargets, ListTargetsByRule: listTargetsByRule}
}

function checkTargets(targets: readonly Target[], ctx: CallContext): void {
  const limits = new Constraints().list('targets', targets, {min: 1, max: 100})
  for (const [i, target] of targets.entries()) {
    const at = `targets.${i + 1}.member`
    limits.text(`${at}.id`, target.Id, {min: 1, max: 64, pattern: /^(?:[.\-_A-Za-z0-9]+)$/})
    limitInput(limits, at, target)
    limits.number(`${at}.retryPolicy.maximumRetryAttempts`, target.RetryPolicy?.MaximumRetryAttempts, {
      min: 0,
      max: 185,
    })
    limits.number(
      `${at}.retryPolicy.maximumEventAgeInSeconds`,
      target.RetryPolicy?.MaximumEventAgeInSeconds,
      {min: 60, max: 86_400},
    )
  }
  limits.check()
  const ids = new Set<string>()
  for (const target of targets) {
    const id = target.Id ?? ''
    if (ids.has(id))
      throw invalid(
        `Parameter targets is not valid. Reason: More than one target with Id '${id}' is provided.`,
      )
    ids.add(id)
    checkTarget(target, id, ctx)
  }
}

function checkTarget(target: Target, id: string, ctx: CallContext): void {
  const arn = tryParseArn(target.Arn ?? '')
  if (!arn)
    throw invalid(
      `Parameter ${target.Arn ?? ''} is not valid. Reason: Provided Arn is not in correct format.`,
    )
  const kind = Object.hasOwn(kinds, arn.service) ? kinds[arn.service] : undefined
  if (!kind?.resource.test(arn.resource))
    throw notEmulated(`A target of the kind ${arn.service} (${target.Arn ?? ''})`)
  checkPlace(arn, target, ctx)
  if (kind.needsRole && !target.RoleArn) throw invalid(`RoleArn is required for target ${target.Arn ?? ''}.`)
  checkMembers(target, id, arn.service)
  checkInput(target, id)
  checkDeadLetterQueue(target, ctx)
}

function checkPlace(arn: Arn, target: Target, ctx: CallContext): void {
  if (arn.region !== ctx.region) throw notEmulated(`A target in another region (${target.Arn ?? ''})`)
  if (arn.accountId === ctx.accountId) return
  if (arn.service === 'events') throw notEmulated(`An event bus of another account (${target.Arn ?? ''})`)
  throw invalid('Access to the resource ARN is denied. Reason: Adding cross-account target is not permitted.')
}

function checkMembers(target: Target, id: string, service: string): void {
  const unknown = Object.keys(target).find((member) => !knownMembers.has(member))
  if (unknown) throw notEmulated(`${unknown} of target ${id}`)
  checkKindMembers(target, id, service)
  // A bus takes events; what the service makes of a transformed one there is not documented.
  const input = inputMembers.find((member) => target[member] !== undefined)
  if (service === 'events' && input) throw notEmulated(`${input} of target ${id}, an event bus`)
  // Messages of one group share a queue fairly, which the queues here do not do; AWS takes the member on every kind of target.
  if (service === 'sqs' && target.SqsParameters?.MessageGroupId !== undefined) {
    throw notEmulated(`SqsParameters of target ${id}`)
  }
}

function checkDeadLetterQueue(target: Target, ctx: CallContext): void {
  const text = target.DeadLetterConfig?.Arn
  if (text === undefined) return
  const arn = tryParseArn(text)
  if (arn?.service !== 'sqs')
    throw invalid(`${arn?.service ?? text} is not supported as a dead letter resource`)
  if (arn.resource.endsWith('.fifo')) throw invalid('SQS FIFO is not supported by Dead Letter Queues')
  if (arn.region !== ctx.region)
    throw invalid('The dead letter queue must be in the same Region as the rule.')
  if (arn.accountId !== ctx.accountId) throw notEmulated(`A dead-letter queue of another account (${text})`)
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}
