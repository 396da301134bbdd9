import type {
  DeleteRuleCommandInput,
  DescribeRuleCommandInput,
  DescribeRuleCommandOutput,
  DisableRuleCommandInput,
  EnableRuleCommandInput,
  ListRuleNamesByTargetCommandInput,
  ListRuleNamesByTargetCommandOutput,
  ListRulesCommandInput,
  ListRulesCommandOutput,
  PutRuleCommandInput,
  PutRuleCommandOutput,
} from '@aws-sdk/client-eventbridge'
import {Constraints, keyOfToken, pageLimit, pageOf} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Store} from '../../store'
import {patternLengthLimit} from '../../../pattern/parse-pattern'
import {archiveService, refuseManaged} from './managed-rules'
import {checkPattern} from './patterns'
import {busName, busOrThrow, ruleArn, ruleKey, ruleOrThrow, type RuleRow, type Tables} from './rows'
import {tagRecord} from './tags'

const rulesPerBus = 300

/** PutRule, DescribeRule, ListRules, DeleteRule, EnableRule, DisableRule, ListRuleNamesByTarget. */
export function ruleOperations(
  store: Store,
  tables: Tables,
  changed: (region: string, bus: string) => void,
): Operations {
  const putRule = (input: PutRuleCommandInput, ctx: CallContext): Omit<PutRuleCommandOutput, '$metadata'> => {
    const bus = busName(input.EventBusName, ctx)
    const eventPattern = checkRule(input)
    const name = input.Name ?? ''
    const arn = ruleArn(ctx, bus, name)
    store.write(() => {
      busOrThrow(tables, ctx, bus)
      const key = ruleKey(ctx.region, bus, name)
      const before = tables.rules.get(key)
      refuseManaged(before)
      if (!before && tables.rules.count(`${ctx.region}/${bus}|`) >= rulesPerBus) {
        throw new ServiceError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        )
      }
      // PutRule replaces the rule: what is left out is gone, but targets stay.
      tables.rules.put(key, {
        name,
        bus,
        arn,
        eventPattern,
        state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
        ...(input.Description === undefined ? {} : {description: input.Description}),
        ...(input.RoleArn === undefined ? {} : {roleArn: input.RoleArn}),
        targets: before?.targets ?? [],
      })
      if (!before && input.Tags?.length) tables.tags.put(arn, tagRecord(input.Tags))
    })
    changed(ctx.region, bus)
    return {RuleArn: arn}
  }

  return {PutRule: putRule, ...ruleChanges(store, tables, changed), ...ruleQueries(tables)}
}

function ruleChanges(
  store: Store,
  tables: Tables,
  changed: (region: string, bus: string) => void,
): Operations {
  const setState =
    (state: RuleRow['state']) =>
    (input: EnableRuleCommandInput | DisableRuleCommandInput, ctx: CallContext) => {
      const bus = busName(input.EventBusName, ctx)
      store.write(() => {
        const rule = ruleOrThrow(tables, ctx, bus, input.Name ?? '')
        refuseManaged(rule)
        tables.rules.put(ruleKey(ctx.region, bus, rule.name), {...rule, state})
      })
      changed(ctx.region, bus)
      return {}
    }

  const deleteRule = (input: DeleteRuleCommandInput, ctx: CallContext) => {
    const bus = busName(input.EventBusName, ctx)
    store.write(() => {
      busOrThrow(tables, ctx, bus)
      const key = ruleKey(ctx.region, bus, input.Name ?? '')
      const rule = tables.rules.get(key)
      // Deleting a rule that is not there succeeds.
      if (!rule) return
      if (!input.Force) refuseManaged(rule)
      if (rule.targets.length > 0) {
        throw new ServiceError('ValidationException', "Rule can't be deleted since it has targets.")
      }
      tables.rules.delete(key)
      tables.tags.delete(rule.arn)
    })
    changed(ctx.region, bus)
    return {}
  }

  return {DeleteRule: deleteRule, EnableRule: setState('ENABLED'), DisableRule: setState('DISABLED')}
}

function ruleQueries(tables: Tables): Operations {
  const describeRule = (
    input: DescribeRuleCommandInput,
    ctx: CallContext,
  ): Omit<DescribeRuleCommandOutput, '$metadata'> => ({
    ...describe(ruleOrThrow(tables, ctx, busName(input.EventBusName, ctx), input.Name ?? '')),
    CreatedBy: ctx.accountId,
  })

  const listRules = (
    input: ListRulesCommandInput,
    ctx: CallContext,
  ): Omit<ListRulesCommandOutput, '$metadata'> => {
    const bus = busName(input.EventBusName, ctx)
    busOrThrow(tables, ctx, bus)
    const prefix = ruleKey(ctx.region, bus, input.NamePrefix ?? '')
    const {items, nextToken} = pageOf(
      tables.rules.list(prefix, keyOfToken(input.NextToken)),
      pageLimit(input.Limit),
    )
    return {Rules: items.map(describe), NextToken: nextToken}
  }

  const listRuleNamesByTarget = (
    input: ListRuleNamesByTargetCommandInput,
    ctx: CallContext,
  ): Omit<ListRuleNamesByTargetCommandOutput, '$metadata'> => {
    const bus = busName(input.EventBusName, ctx)
    busOrThrow(tables, ctx, bus)
    const rows = tables.rules.list(ruleKey(ctx.region, bus, ''), keyOfToken(input.NextToken))
    const matching = [...rows].filter(({value}) =>
      value.targets.some((target) => target.Arn === input.TargetArn),
    )
    const {items, nextToken} = pageOf(matching, pageLimit(input.Limit))
    return {RuleNames: items.map((rule) => rule.name), NextToken: nextToken}
  }

  return {DescribeRule: describeRule, ListRules: listRules, ListRuleNamesByTarget: listRuleNamesByTarget}
}

/** Checks the input and returns its pattern. */
function checkRule(input: PutRuleCommandInput): string {
  new Constraints()
    .text('name', input.Name, {min: 1, max: 64, pattern: /^(?:[.\-_A-Za-z0-9]+)$/})
    .text('eventPattern', input.EventPattern, {max: 4096})
    .text('description', input.Description, {max: 512})
    .text('state', input.State, {
      oneOf: ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
    })
    .check()
  if (input.ScheduleExpression !== undefined) throw notEmulated('ScheduleExpression')
  if (input.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS')
    throw notEmulated(`State ${input.State}`)
  const pattern = input.EventPattern ?? ''
  if (pattern === '' || /^\s*\{\s*\}\s*$/.test(pattern)) {
    throw new ServiceError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    )
  }
  if (pattern.length > patternLengthLimit) {
    throw new ServiceError(
      'ValidationException',
      `Parameter EventPattern for rule ${input.Name ?? ''} exceeds limit of ${patternLengthLimit}.`,
    )
  }
  checkPattern(pattern)
  return pattern
}

function describe(rule: RuleRow) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    ManagedBy: rule.archiveArn === undefined ? undefined : archiveService,
    EventBusName: rule.bus,
  }
}
