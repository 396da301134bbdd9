import {BaseCommand} from '../../lib/cli/base-command'
import type {LocalOutcome} from '../../lib/cli/find-endpoint'
import {localStatusText} from '../../lib/cli/local-status-text'

export default class LocalFlush extends BaseCommand {
  static override summary = 'Deliver what waits in the local endpoint'
  static override description =
    'Firehose collects records for up to 900 seconds before it writes an object. This makes it write now, and waits until it ' +
    'has. Where no endpoint runs on the data folder, one is started for this command.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<LocalOutcome> {
    const {flags} = await this.parse(LocalFlush)
    const {control, toOutcome} = await this.localEndpoint(flags)
    const status = toOutcome(await control.flush())
    this.print(localStatusText(status))
    return status
  }
}
