import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'
import {lakeStatus} from '../../lib/lake/status/lake-status'
import type {LakeStatus as Status} from '../../lib/lake/status/lake-status'
import {dearQueries, queryColumns} from '../../lib/lake/status/dear-queries'
import {dayColumns, statusText} from '../../lib/lake/status/status-text'
import {renderRows} from '../../lib/render/render-rows'

export default class LakeStatus extends AwsCommand {
  static override summary = 'Say what lies in the lake, what is not compacted, and what needs a hand'
  static override description =
    'Counts raw and compacted objects by day, quarantine and what Firehose could not write. It reads lists of objects and the catalog, and no event.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --queries 10',
    '<%= config.bin %> <%= command.id %> --format csv',
  ]
  static override flags = {
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    queries: Flags.integer({
      summary:
        'also the queries of the workgroup that scanned most, so many of them, with what they cost about',
      helpValue: 'N',
      min: 1,
    }),
    format: Flags.string({
      summary: 'form of the answer',
      options: ['table', 'json', 'csv', 'markdown'],
      default: 'table',
    }),
  }

  async run(): Promise<Status | PolicyDocument> {
    const {flags} = await this.parse(LakeStatus)
    if (flags['print-policy']) return this.printPolicy(flags)
    const session = await this.session(flags)
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const {queries: count} = flags
    const queries = count === undefined ? undefined : await dearQueries(deps.athena, place.workgroup, count)
    const status = {...(await lakeStatus(deps, place)), ...(queries && {queries})}
    const width = process.stdout.isTTY ? process.stdout.columns : undefined
    const rows = renderRows({columns: dayColumns, rows: status.days}, flags.format, {width})
    const dear = queries ? `\n\n${renderRows({columns: queryColumns, rows: queries}, 'table', {width})}` : ''
    this.print(flags.format === 'table' ? `${statusText(status)}\n\n${rows}${dear}` : rows)
    return status
  }
}
