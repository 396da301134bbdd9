import type {
  CreateLogGroupCommandInput,
  CreateLogGroupCommandOutput,
  DeleteLogGroupCommandInput,
  DeleteLogGroupCommandOutput,
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  LogGroup as LogGroupOut,
} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import {pageOf} from '../../page'
import type {Operation, Platform} from '../../platform'
import {ServiceError} from '../../service-error'
import {invalidParameter, refuseMembers, unsupported} from './errors'
import type {EventStore} from './event-store'
import {groupArn, type GroupStore, type LogGroup} from './group-store'
import {withTags} from './tags'

export const groupNameLimits = {min: 1, max: 512, pattern: /^(?:[\.\-_/#A-Za-z0-9]+)$/}

/** Makes a log group. Throws `ResourceAlreadyExistsException`, `InvalidParameterException`. */
export function createLogGroup(
  groups: GroupStore,
  {sequence}: Platform,
): Operation<CreateLogGroupCommandInput, CreateLogGroupCommandOutput> {
  return (input, ctx) => {
    const name = input.logGroupName ?? ''
    new Constraints('InvalidParameterException').text('logGroupName', name, groupNameLimits).check()
    refuseMembers(input, ['kmsKeyId', 'deletionProtectionEnabled'])
    if ((input.logGroupClass ?? 'STANDARD') !== 'STANDARD') {
      throw unsupported(`logGroupClass ${input.logGroupClass ?? ''}`)
    }
    const tags = withTags({}, input.tags)
    if (groups.find(ctx.region, name)) {
      throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists')
    }
    const {region, now} = ctx
    groups.save({row: sequence.next(), name, region, arn: groupArn(ctx, name), createdAt: now, tags})
    return {}
  }
}

/** Removes a log group with its streams and events. Throws `ResourceNotFoundException`. */
export function deleteLogGroup(
  groups: GroupStore,
  events: EventStore,
): Operation<DeleteLogGroupCommandInput, DeleteLogGroupCommandOutput> {
  return (input, ctx) => {
    const group = groups.ofName(input.logGroupName, ctx)
    groups.delete(group, () => events.stageRemoval(group))
    return {}
  }
}

/** The region's groups by name, 50 at once at most, of a prefix or with a text in their names. Throws `InvalidParameterException`. */
export function describeLogGroups(
  groups: GroupStore,
): Operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput> {
  return (input, ctx) => {
    new Constraints('InvalidParameterException').number('limit', input.limit, {min: 1, max: 50}).check()
    refuseMembers(input, ['accountIdentifiers', 'includeLinkedAccounts', 'logGroupIdentifiers'])
    const {logGroupNamePrefix: prefix, logGroupNamePattern: pattern} = input
    if (prefix !== undefined && pattern !== undefined) {
      throw invalidParameter(
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      )
    }
    const isAsked = ({name}: LogGroup): boolean =>
      name.startsWith(prefix ?? '') && name.includes(pattern ?? '')
    // Every group here is of the class STANDARD.
    const isClassAsked = (input.logGroupClass ?? 'STANDARD') === 'STANDARD'
    const found = isClassAsked ? [...groups.list(ctx.region)].filter(isAsked) : []
    const {items, nextToken} = pageOf(found, {
      limit: input.limit ?? 50,
      token: input.nextToken,
      badToken: () => invalidParameter('The specified nextToken is invalid.'),
    })
    return {logGroups: items.map(describe), ...(nextToken === undefined ? {} : {nextToken})}
  }
}

function describe(group: LogGroup): LogGroupOut {
  return {
    logGroupName: group.name,
    creationTime: group.createdAt,
    ...(group.retentionDays === undefined ? {} : {retentionInDays: group.retentionDays}),
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    logGroupClass: 'STANDARD',
  }
}
