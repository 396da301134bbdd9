import type {
  CancelReplayCommandInput,
  CancelReplayCommandOutput,
  StartReplayCommandInput,
  StartReplayCommandOutput,
} from '@aws-sdk/client-eventbridge'
import {Constraints} from '../../../constraints'
import type {CallContext, Operations, Platform} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {ruleKey, type Tables} from '../rows'
import {archiveKey, type ArchiveRow} from './archive-row'
import {sourceArnForm} from './archives'
import {replayArn, replayKey, type ReplayRow} from './replay-row'
import type {ReplayRunner} from './replay-runner'

/** StartReplay, CancelReplay. */
export function replayOperations({store}: Platform, tables: Tables, runner: ReplayRunner): Operations {
  const startReplay = (
    input: StartReplayCommandInput,
    ctx: CallContext,
  ): Omit<StartReplayCommandOutput, '$metadata'> => {
    checkReplay(input)
    const name = input.ReplayName ?? ''
    const key = replayKey(ctx.region, name)
    const row = store.write(() => {
      if (tables.replays.get(key)) {
        throw new ServiceError('ResourceAlreadyExistsException', `Replay ${name} already exists.`)
      }
      const row = newReplay(input, archiveOf(tables, ctx, input.EventSourceArn ?? ''), ctx)
      checkFilters(tables, row)
      tables.replays.put(key, row)
      return row
    })
    runner.start(key)
    return {ReplayArn: row.arn, State: row.state, ReplayStartTime: new Date(row.startedAt)}
  }

  const cancelReplay = (
    input: CancelReplayCommandInput,
    ctx: CallContext,
  ): Omit<CancelReplayCommandOutput, '$metadata'> =>
    store.write(() => {
      const row = replayOrThrow(tables, ctx, input.ReplayName)
      if (row.state !== 'STARTING' && row.state !== 'RUNNING') {
        throw new ServiceError(
          'IllegalStatusException',
          `Replay ${row.name} is not in a valid state for this operation.`,
        )
      }
      tables.replays.put(replayKey(ctx.region, row.name), {...row, state: 'CANCELLING'})
      return {ReplayArn: row.arn, State: 'CANCELLING' as const}
    })

  return {StartReplay: startReplay, CancelReplay: cancelReplay}
}

/** Throws ResourceNotFoundException where there is no such replay. */
export function replayOrThrow(tables: Tables, ctx: CallContext, name = ''): ReplayRow {
  const row = tables.replays.get(replayKey(ctx.region, name))
  if (!row) throw new ServiceError('ResourceNotFoundException', `Replay ${name} does not exist.`)
  return row
}

function checkReplay(input: StartReplayCommandInput): void {
  new Constraints()
    .text('replayName', input.ReplayName, {min: 1, max: 64, pattern: /^(?:[.\-_A-Za-z0-9]+)$/})
    .text('description', input.Description, {max: 512})
    .text('eventSourceArn', input.EventSourceArn, {min: 1, max: 1600, pattern: sourceArnForm})
    .check()
  if (startOf(input) >= endOf(input)) {
    throw refused('EventEndTime', 'EventStartTime must be before EventEndTime.')
  }
}

const startOf = (input: StartReplayCommandInput) => input.EventStartTime?.getTime() ?? 0
const endOf = (input: StartReplayCommandInput) => input.EventEndTime?.getTime() ?? 0

function archiveOf(tables: Tables, ctx: CallContext, arn: string): ArchiveRow {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const archive = tables.archives.get(archiveKey(ctx.region, name))
  if (archive?.arn !== arn) throw refused('EventSourceArn', `Archive ${name} does not exist.`)
  return archive
}

function newReplay(input: StartReplayCommandInput, archive: ArchiveRow, ctx: CallContext): ReplayRow {
  const name = input.ReplayName ?? ''
  if (input.Destination?.Arn !== archive.busArn) {
    throw refused('Destination.Arn', 'Cross event bus replay is not permitted.')
  }
  const filterArns = input.Destination.FilterArns ?? []
  return {
    ...{name, arn: replayArn(ctx, name), archive: archive.name, archiveArn: archive.arn},
    ...{region: ctx.region, bus: archive.bus, busArn: archive.busArn},
    ...{fromMs: startOf(input), toMs: endOf(input), state: 'STARTING', startedAt: ctx.now},
    ...(input.Description === undefined ? {} : {description: input.Description}),
    ...(filterArns.length === 0 ? {} : {filterArns}),
  }
}

/** What the service answers for a rule that is not there is not documented; a replay that reaches nobody helps nobody. */
function checkFilters(tables: Tables, replay: ReplayRow): void {
  for (const arn of replay.filterArns ?? []) {
    const name = arn.slice(arn.lastIndexOf('/') + 1)
    if (tables.rules.get(ruleKey(replay.region, replay.bus, name))?.arn !== arn) {
      throw refused('Destination.FilterArns', `Rule ${arn} does not exist on EventBus ${replay.bus}.`)
    }
  }
}

function refused(parameter: string, reason: string): ServiceError {
  return new ServiceError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`)
}
