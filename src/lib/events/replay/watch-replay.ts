import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import type {Sleep} from '../../aws/wait'
import {waitUntil} from '../../aws/wait'
import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import {formatTime} from '../../core/time'
import {replayAbsent} from './archive-replay'

/** How far a replay is, as EventBridge says. Times are ISO-8601. */
export interface ReplayState {
  replay: string
  /** STARTING, RUNNING, CANCELLING, COMPLETED, CANCELLED or FAILED. */
  state: string
  reason?: string
  from?: string
  to?: string
  /** Events up to this time of theirs have been replayed. */
  lastReplayedTime?: string
  startedAt?: string
  endedAt?: string
}

export interface WatchPorts {
  events: EventBridgeClient
  now: Now
  sleep: Sleep
  signal: AbortSignal
}

const ended = new Set(['COMPLETED', 'CANCELLED', 'FAILED'])

/** The state of a replay. Throws `REPLAY_ABSENT` (absent), and what the service says otherwise. */
export async function describeReplay(events: EventBridgeClient, name: string): Promise<ReplayState> {
  const {DescribeReplayCommand} = await import('@aws-sdk/client-eventbridge')
  try {
    const found = await events.send(new DescribeReplayCommand({ReplayName: name}))
    const times = {
      from: found.EventStartTime,
      to: found.EventEndTime,
      lastReplayedTime: found.EventLastReplayedTime,
      startedAt: found.ReplayStartTime,
      endedAt: found.ReplayEndTime,
    }
    return {
      replay: name,
      state: found.State ?? 'STARTING',
      ...(found.StateReason === undefined ? {} : {reason: found.StateReason}),
      ...Object.fromEntries(
        Object.entries(times).flatMap(([key, time]) => (time ? [[key, formatTime(time.getTime())]] : [])),
      ),
    }
  } catch (error) {
    throw isAbsent(error) ? replayAbsent(name, error) : toOpError(error, `describe the replay ${name}`)
  }
}

/**
 * Follows a replay to its end and answers its last state; `onProgress` hears of every look. Throws `REPLAY_FAILED` (service)
 * where it failed, `INTERRUPTED` (interrupted) when the signal fires: the replay goes on then.
 */
export async function watchReplay(
  {events, now, sleep, signal}: WatchPorts,
  name: string,
  onProgress: (state: ReplayState) => void,
): Promise<ReplayState> {
  const look = async () => {
    const state = await describeReplay(events, name)
    onProgress(state)
    return ended.has(state.state) ? state : undefined
  }
  const waitingFor = `the replay ${name} to end`
  const last = await waitUntil(look, {now, sleep, signal, timeoutMs: Infinity, waitingFor}).catch(
    (error: unknown) => {
      if (signal.aborted) throw leftRunning(name)
      throw error
    },
  )
  if (last.state !== 'FAILED') return last
  throw new OpError(
    'service',
    'REPLAY_FAILED',
    `The replay ${name} failed: ${last.reason ?? 'no reason given'}.`,
    {
      hint: 'Start another one; what was replayed before counts once in reports, as events keep their eventId.',
    },
  )
}

function leftRunning(name: string): OpError {
  return new OpError('interrupted', 'INTERRUPTED', `The replay ${name} goes on without this command.`, {
    hint: `To stop it: usage-tracker events replay archive --cancel ${name}`,
  })
}

/** How much of its range is replayed, from 0 to 1. */
export function shareOf({from, to, lastReplayedTime}: ReplayState): number {
  if (from === undefined || to === undefined || lastReplayedTime === undefined) return 0
  const [start, end, at] = [from, to, lastReplayedTime].map((time) => Date.parse(time)) as [
    number,
    number,
    number,
  ]
  return Math.min(1, Math.max(0, (at - start) / (end - start)))
}
