import type {
  DescribeReplayCommandInput,
  DescribeReplayCommandOutput,
  ListReplaysCommandInput,
  ListReplaysCommandOutput,
  Replay,
} from '@aws-sdk/client-eventbridge'
import {Constraints, keyOfToken, pageLimit, pageOf} from '../../../constraints'
import type {CallContext, Operations} from '../../../platform'
import type {Tables} from '../rows'
import {checkOneFilter} from './one-filter'
import {replayKey, type ReplayRow} from './replay-row'
import {replayOrThrow} from './replays'

const states = ['STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED']

/** DescribeReplay, ListReplays. */
export function replayReads(tables: Tables): Operations {
  const summary = (row: ReplayRow): Replay => ({
    ReplayName: row.name,
    EventSourceArn: row.archiveArn,
    State: row.state,
    EventStartTime: new Date(row.fromMs),
    EventEndTime: new Date(row.toMs),
    EventLastReplayedTime: dateOf(tables.replayProgress.get(replayKey(row.region, row.name))?.lastEventMs),
    ReplayStartTime: new Date(row.startedAt),
    ReplayEndTime: dateOf(row.endedAt),
  })

  const describeReplay = (
    input: DescribeReplayCommandInput,
    ctx: CallContext,
  ): Omit<DescribeReplayCommandOutput, '$metadata'> => {
    const row = replayOrThrow(tables, ctx, input.ReplayName)
    return {
      ...summary(row),
      ReplayArn: row.arn,
      Description: row.description,
      Destination: {Arn: row.busArn, FilterArns: row.filterArns ?? []},
    }
  }

  const listReplays = (
    input: ListReplaysCommandInput,
    ctx: CallContext,
  ): Omit<ListReplaysCommandOutput, '$metadata'> => {
    checkOneFilter('ListReplays', input)
    new Constraints().text('state', input.State, {oneOf: states}).check()
    const rows = tables.replays.list(
      replayKey(ctx.region, input.NamePrefix ?? ''),
      keyOfToken(input.NextToken),
    )
    const wanted = [...rows].filter(
      ({value: row}) =>
        (input.EventSourceArn === undefined || row.archiveArn === input.EventSourceArn) &&
        (input.State === undefined || row.state === input.State),
    )
    const {items, nextToken} = pageOf(wanted, pageLimit(input.Limit))
    return {Replays: items.map(summary), NextToken: nextToken}
  }

  return {DescribeReplay: describeReplay, ListReplays: listReplays}
}

function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms)
}
