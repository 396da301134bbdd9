import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'
import {lakeStatus} from '../../lib/lake/status/lake-status'
import type {LakeStatus as Status} from '../../lib/lake/status/lake-status'
import {dayColumns, statusText} from '../../lib/lake/status/status-text'
import {renderRows} from '../../lib/render/render-rows'

export default class LakeStatus extends AwsCommand {
  static override summary = 'Say what lies in the lake, what is not compacted, and what needs a hand'
  static override description =
    'Counts raw and compacted objects by day, quarantine and what Firehose could not write. It reads lists of objects and the catalog, and no event.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --format csv',
  ]
  static override flags = {
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
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
    const status = await lakeStatus(deps, lakePlace(session))
    const width = process.stdout.isTTY ? process.stdout.columns : undefined
    const rows = renderRows({columns: dayColumns, rows: status.days}, flags.format, {width})
    this.print(flags.format === 'table' ? `${statusText(status)}\n\n${rows}` : rows)
    return status
  }
}
