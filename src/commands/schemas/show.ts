import {Args, Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {formatFlag} from '../../lib/cli/flags'
import {cleanText} from '../../lib/render/clean-text'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {registryFlag, schemaHelp} from '../../lib/schemas/schema-flags'
import {runShow, type ShowResult} from '../../lib/schemas/show/run-show'
import {columnsOf, fieldRows, showHead} from '../../lib/schemas/show/show-text'

export default class SchemasShow extends AwsCommand {
  static override summary = 'Show the fields of a schema: type, format, whether required, rules'
  static override description =
    'One line for each field, with the versions that there are. What holds fields of its own comes before them. A field that is ' +
    `like one above it is not told twice. "schemas export" writes the schema itself. ${schemaHelp}`
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage-event',
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent:2 --detail-only',
    '<%= config.bin %> <%= command.id %> contracts/orders.yaml --format markdown',
  ]
  static override args = {schema: Args.string({description: 'the schema', required: true})}
  static override flags = {
    registry: registryFlag,
    'detail-only': Flags.boolean({summary: "the event's detail alone, without the envelope of EventBridge"}),
    format: formatFlag,
  }

  async run(): Promise<ShowResult | PolicyDocument> {
    const {args, flags} = await this.parse(SchemasShow)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const connect = async () => (await this.session(flags, {identify: false})).clients.schemas()
    const shown = await runShow({...flags, ...args}, schemaPorts(process.stdin, connect))
    const rows = fieldRows(shown.result)
    const list = {columns: columnsOf(rows), rows}
    await this.printRows(list, flags.format, {above: showHead(shown).map(cleanText).join('\n')})
    return shown.result
  }
}
