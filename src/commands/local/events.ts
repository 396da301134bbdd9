import {Flags} from '@oclif/core'
import {BaseCommand} from '../../lib/cli/base-command'
import {formatFlag, nameFlags} from '../../lib/cli/flags'
import {patternOfArgument} from '../../lib/cli/pattern-argument'
import {roadSettings} from '../../lib/cli/settings'
import type {ReceivedList} from '../../lib/events/received/list-received'
import {isUnwelcome, listReceived} from '../../lib/events/received/list-received'
import {receivedCells, receivedColumns, receivedSummary} from '../../lib/events/received/received-view'
import {createUsageEventValidator} from '../../lib/usage-event/validate'

export default class LocalEvents extends BaseCommand {
  static override summary = 'List what came in at the local endpoint, and what is wrong with it'
  static override description =
    'Of each event the rules that took it, and where it breaks the contract of usage events; entries that were refused, and ' +
    'events for a bus that is not there, which EventBridge accepts and drops. The last 10,000 are kept, also when the endpoint ' +
    'has ended. Made for the tests of a service: exit code 9 where --unmatched or --invalid find something, or where an ' +
    '--expect finds nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --unmatched --invalid',
    `<%= config.bin %> <%= command.id %> --expect '{"detail":{"feature":["checkout"]}}' --json`,
  ]
  static override flags = {
    unmatched: Flags.boolean({summary: 'only what no rule took'}),
    invalid: Flags.boolean({summary: 'only what breaks the contract or was refused'}),
    expect: Flags.string({
      summary: 'a pattern that at least one event must match',
      helpValue: 'JSON|@FILE',
      multiple: true,
    }),
    limit: Flags.integer({summary: 'the last N alone [default: all that are kept]', min: 0, helpValue: 'N'}),
    format: formatFlag,
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<ReceivedList> {
    const {flags} = await this.parse(LocalEvents)
    const {unmatched, invalid, limit} = flags
    const expected = await Promise.all((flags.expect ?? []).map(patternOfArgument))
    const {source, detailType} = roadSettings(await this.sources(flags), '', '')
    const {control} = await this.localEndpoint(flags)
    const contract = {source, detailType, validate: await createUsageEventValidator()}
    const question = {unmatched, invalid, expected, limit, contract}
    const list = await listReceived(control.received(), question)
    const rows = list.events.map(receivedCells)
    if (rows.length > 0 || flags.format === 'html') {
      await this.printRows({columns: receivedColumns, rows}, flags.format)
    }
    this.note(receivedSummary(list))
    if (isUnwelcome(list, question)) this.exitWith(9)
    return list
  }
}
