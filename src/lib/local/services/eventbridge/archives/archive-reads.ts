import type {
  Archive,
  DescribeArchiveCommandInput,
  DescribeArchiveCommandOutput,
  ListArchivesCommandInput,
  ListArchivesCommandOutput,
} from '@aws-sdk/client-eventbridge'
import {Constraints, keyOfToken, pageLimit, pageOf} from '../../../constraints'
import type {CallContext, Operations} from '../../../platform'
import type {Tables} from '../rows'
import {isFilled} from './archive-rule'
import {archiveKey, type ArchiveRow} from './archive-row'
import type {ArchivedEvents} from './archived-events'
import {archiveOrThrow} from './archives'
import {checkOneFilter} from './one-filter'

const states = ['ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED']

/** DescribeArchive, ListArchives. */
export function archiveReads(tables: Tables, archived: ArchivedEvents): Operations {
  const summary = (row: ArchiveRow, region: string): Archive => {
    const {count, sizeBytes} = archived.totals(row)
    return {
      ArchiveName: row.name,
      EventSourceArn: row.busArn,
      State: isFilled(tables, region, row) ? 'ENABLED' : 'DISABLED',
      RetentionDays: row.retentionDays,
      SizeBytes: sizeBytes,
      EventCount: count,
      CreationTime: new Date(row.createdAt),
    }
  }

  const describeArchive = (
    input: DescribeArchiveCommandInput,
    ctx: CallContext,
  ): Omit<DescribeArchiveCommandOutput, '$metadata'> => {
    archived.expire()
    const row = archiveOrThrow(tables, ctx, input.ArchiveName)
    return {
      ...summary(row, ctx.region),
      ArchiveArn: row.arn,
      Description: row.description,
      EventPattern: row.eventPattern,
    }
  }

  const listArchives = (
    input: ListArchivesCommandInput,
    ctx: CallContext,
  ): Omit<ListArchivesCommandOutput, '$metadata'> => {
    checkOneFilter('ListArchives', input)
    new Constraints().text('state', input.State, {oneOf: states}).check()
    archived.expire()
    const rows = tables.archives.list(
      archiveKey(ctx.region, input.NamePrefix ?? ''),
      keyOfToken(input.NextToken),
    )
    const wanted = [...rows].filter(
      ({value: row}) =>
        (input.EventSourceArn === undefined || row.busArn === input.EventSourceArn) &&
        (input.State === undefined || summary(row, ctx.region).State === input.State),
    )
    const {items, nextToken} = pageOf(wanted, pageLimit(input.Limit))
    return {Archives: items.map((row) => summary(row, ctx.region)), NextToken: nextToken}
  }

  return {DescribeArchive: describeArchive, ListArchives: listArchives}
}
