import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {formatFlag, nameFlags} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'
import {lakeStatus} from '../../lib/lake/status/lake-status'
import type {LakeStatus as Status} from '../../lib/lake/status/lake-status'
import {dearQueries} from '../../lib/lake/status/dear-queries'
import {sampleFields} from '../../lib/lake/status/sample-fields'
import {dayCharts, statusPage} from '../../lib/lake/status/status-page'
import {dayColumns, statusText} from '../../lib/lake/status/status-text'
import {cleanField} from '../../lib/render/clean-text'
import {scanPrice} from '../../lib/reports/scan-cost'
import {reportFlags} from '../../lib/reports/report-flags'

export default class LakeStatus extends AwsCommand {
  static override summary = 'Say what lies in the lake, what is not compacted, and what needs a hand'
  static override description =
    'Counts raw and compacted objects by day, quarantine and what Firehose could not write. It reads lists of objects and the catalog, and no event unless --sample asks for it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --queries 10',
    '<%= config.bin %> <%= command.id %> --sample 1000',
    '<%= config.bin %> <%= command.id %> --format html > lake.html',
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
    sample: Flags.integer({
      summary:
        'also what the newest events hold that no column has, or a column of another type; looks at so many',
      helpValue: 'N',
      min: 1,
    }),
    format: formatFlag,
    chart: reportFlags.chart,
  }

  async run(): Promise<Status | PolicyDocument> {
    const {flags} = await this.parse(LakeStatus)
    if (flags['print-policy']) return this.printPolicy(flags)
    const session = await this.session(flags)
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const {queries, sample} = flags
    const price = scanPrice(session.where.region, session.config.names.athena)
    const measured = await lakeStatus(deps, place)
    const status = {
      ...measured,
      ...(queries !== undefined && {
        queries: await dearQueries(deps.athena, place.workgroup, {count: queries, price}),
      }),
      ...(sample !== undefined && {
        sample: await sampleFields(deps, place, {count: sample, lastDay: measured.raw.lastDay}),
      }),
    }
    const page = statusPage(status, {...session.where, ...place}, session.now())
    const list = {columns: dayColumns, rows: status.days, charts: dayCharts}
    await this.printRows(list, flags.format, {
      above: cleanField(statusText(status)),
      chart: flags.chart,
      page,
    })
    return status
  }
}
