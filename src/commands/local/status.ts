import {BaseCommand} from '../../lib/cli/base-command'
import {findEndpoint} from '../../lib/cli/find-endpoint'
import {localStatusText} from '../../lib/cli/local-status-text'
import type {LocalStatus} from '../../lib/local/control-client'

export default class LocalStatusCommand extends BaseCommand {
  static override summary = 'Show the running local endpoint'
  static override description =
    'Address, process, data folder, the time of its clock, and how many events have not reached their targets yet. ' +
    'The endpoint is found by --endpoint-url or by its data folder.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run(): Promise<LocalStatus> {
    const {flags} = await this.parse(LocalStatusCommand)
    const control = await findEndpoint(await this.sources(flags))
    const status = await control.status()
    this.print(localStatusText(status))
    return status
  }
}
