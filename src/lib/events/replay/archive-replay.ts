import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import type {TimeRange} from '../../core/time'

/** An archive as it is there. */
export interface FoundArchive {
  name: string
  arn: string
  busArn: string
  /** Name of the bus. */
  bus: string
  /** Over its whole time; lags behind by up to a day on AWS. */
  eventCount: number
}

/** A replay that has not been started. */
export interface ArchiveReplay {
  name: string
  archive: FoundArchive
  range: TimeRange
  /** The rule that gets the events; every rule of the bus where it is absent. */
  rule?: {name: string; arn: string; isEnabled: boolean} | undefined
}

/** Throws `ARCHIVE_ABSENT` (absent), and what the service says otherwise. */
export async function findArchive(events: EventBridgeClient, name: string): Promise<FoundArchive> {
  const {DescribeArchiveCommand} = await import('@aws-sdk/client-eventbridge')
  try {
    const found = await events.send(new DescribeArchiveCommand({ArchiveName: name}))
    const {ArchiveArn: arn = '', EventSourceArn: busArn = '', EventCount: eventCount = 0} = found
    return {name, arn, busArn, bus: busArn.slice(busArn.indexOf('/') + 1), eventCount}
  } catch (error) {
    if (!isAbsent(error)) throw toOpError(error, `describe the archive ${name}`)
    throw new OpError('absent', 'ARCHIVE_ABSENT', `There is no archive ${name}.`, {
      hint: 'Name one with --archive, keep events from now on (usage-tracker bind-target --archive-days 90), or replay from the lake: usage-tracker events replay lake',
      cause: error,
    })
  }
}

/** The rule that a replay is meant for. Throws `RULE_ABSENT` (absent), and what the service says otherwise. */
export async function findRule(
  events: EventBridgeClient,
  bus: string,
  name: string,
): Promise<NonNullable<ArchiveReplay['rule']>> {
  const {DescribeRuleCommand} = await import('@aws-sdk/client-eventbridge')
  try {
    const {Arn: arn = '', State: state} = await events.send(
      new DescribeRuleCommand({Name: name, EventBusName: bus}),
    )
    return {name, arn, isEnabled: state !== 'DISABLED'}
  } catch (error) {
    if (!isAbsent(error)) throw toOpError(error, `describe the rule ${name}`)
    throw new OpError('absent', 'RULE_ABSENT', `There is no rule ${name} on the bus ${bus}.`, {
      hint: `List the rules: aws events list-rules --event-bus-name ${bus}`,
      cause: error,
    })
  }
}

/** Starts a replay. Throws what the service says: a name that was used before, ten replays that run already. */
export async function startReplay(events: EventBridgeClient, replay: ArchiveReplay): Promise<void> {
  const {StartReplayCommand} = await import('@aws-sdk/client-eventbridge')
  const {archive, range, rule} = replay
  try {
    await events.send(
      new StartReplayCommand({
        ReplayName: replay.name,
        EventSourceArn: archive.arn,
        EventStartTime: new Date(range.from),
        EventEndTime: new Date(range.to),
        Destination: {Arn: archive.busArn, ...(rule ? {FilterArns: [rule.arn]} : {})},
      }),
    )
  } catch (error) {
    throw toOpError(error, `start the replay ${replay.name}`)
  }
}

/** Stops a replay; what it has delivered stays delivered. Throws `REPLAY_ABSENT` (absent), and that it has ended already. */
export async function cancelReplay(events: EventBridgeClient, name: string): Promise<void> {
  const {CancelReplayCommand} = await import('@aws-sdk/client-eventbridge')
  try {
    await events.send(new CancelReplayCommand({ReplayName: name}))
  } catch (error) {
    throw isAbsent(error) ? replayAbsent(name, error) : toOpError(error, `cancel the replay ${name}`)
  }
}

/** The error for a replay that is not there. */
export function replayAbsent(name: string, cause: unknown): OpError {
  return new OpError('absent', 'REPLAY_ABSENT', `There is no replay ${name}.`, {
    hint: 'List them: aws events list-replays. EventBridge forgets them 90 days after their end.',
    cause,
  })
}
