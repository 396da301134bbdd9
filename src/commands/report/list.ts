import {BaseCommand} from '../../lib/cli/base-command'
import {formatFlag} from '../../lib/cli/flags'
import type {Column} from '../../lib/core/column'
import {allReports} from '../../lib/reports/all-reports'

const columns: readonly Column[] = [
  {key: 'name', header: 'report', type: 'text'},
  {key: 'summary', header: 'says', type: 'text'},
  {key: 'sqlFile', header: 'query', type: 'text'},
]

export default class ReportList extends BaseCommand {
  static override summary = 'List the canned reports and the files of their queries'
  static override description =
    'The queries lie in the folder reports of the package; "report run" runs one of your own.'
  static override examples = ['<%= config.bin %> <%= command.id %>']
  static override flags = {format: formatFlag}

  async run(): Promise<{reports: typeof allReports}> {
    const {flags} = await this.parse(ReportList)
    await this.printRows({columns, rows: allReports.map((report) => ({...report}))}, flags.format)
    return {reports: allReports}
  }
}
