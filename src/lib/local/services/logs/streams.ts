import type {
  CreateLogStreamCommandInput,
  CreateLogStreamCommandOutput,
  DeleteLogStreamCommandInput,
  DeleteLogStreamCommandOutput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
  LogStream as LogStreamOut,
} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import {pageOf} from '../../page'
import type {Operation, Platform} from '../../platform'
import {ServiceError} from '../../service-error'
import {invalidParameter} from './errors'
import type {EventStore} from './event-store'
import type {GroupStore, LogGroup} from './group-store'
import {newStream, streamArn, type LogStream, type LogStreamStore} from './stream-store'

export const streamNameLimits = {min: 1, max: 512, pattern: /^(?:[^:*]*)$/}

/** Makes a log stream. Throws `ResourceAlreadyExistsException`, `ResourceNotFoundException`, `InvalidParameterException`. */
export function createLogStream(
  groups: GroupStore,
  streams: LogStreamStore,
  {sequence}: Platform,
): Operation<CreateLogStreamCommandInput, CreateLogStreamCommandOutput> {
  return (input, ctx) => {
    const name = input.logStreamName ?? ''
    new Constraints('InvalidParameterException').text('logStreamName', name, streamNameLimits).check()
    const group = groups.ofName(input.logGroupName, ctx)
    if (streams.find(group, name)) {
      throw new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists')
    }
    streams.save(group, newStream(name, sequence.next(), ctx))
    return {}
  }
}

/** Removes a log stream and its events. Throws `ResourceNotFoundException`. */
export function deleteLogStream(
  groups: GroupStore,
  streams: LogStreamStore,
  events: EventStore,
  {store}: Platform,
): Operation<DeleteLogStreamCommandInput, DeleteLogStreamCommandOutput> {
  return (input, ctx) => {
    const group = groups.ofName(input.logGroupName, ctx)
    const stream = streams.ofName(group, input.logStreamName)
    store.write(() => events.stageStreamRemoval(group, stream))
    return {}
  }
}

/** The streams of a group by name or by their last event, 50 at once at most. Throws `ResourceNotFoundException`, `InvalidParameterException`. */
export function describeLogStreams(
  groups: GroupStore,
  streams: LogStreamStore,
  events: EventStore,
): Operation<DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput> {
  return (input, ctx) => {
    new Constraints('InvalidParameterException')
      .number('limit', input.limit, {min: 1, max: 50})
      .text('orderBy', input.orderBy, {oneOf: ['LogStreamName', 'LastEventTime']})
      .check()
    const group = groups.ofCall(input, ctx)
    if (input.orderBy === 'LastEventTime' && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
    }
    const found = streams
      .list(group, input.logStreamNamePrefix)
      .map((stream) => describe(group, stream, events, ctx.now))
    if (input.orderBy === 'LastEventTime') found.sort((a, b) => lastOf(a) - lastOf(b))
    if (input.descending) found.reverse()
    const {items, nextToken} = pageOf(found, {
      limit: input.limit ?? 50,
      token: input.nextToken,
      badToken: () => invalidParameter('The specified nextToken is invalid.'),
    })
    return {logStreams: items, ...(nextToken === undefined ? {} : {nextToken})}
  }
}

function describe(group: LogGroup, stream: LogStream, events: EventStore, now: number): LogStreamOut {
  const times = events.timesOf(group, stream, now)
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(times && {
      firstEventTimestamp: times.firstTimestamp,
      lastEventTimestamp: times.lastTimestamp,
      lastIngestionTime: times.lastIngestedAt,
    }),
    arn: streamArn(group, stream.name),
  }
}

const lastOf = (stream: LogStreamOut): number => stream.lastEventTimestamp ?? 0
