import {BaseCommand} from '../../lib/cli/base-command'
import {findEndpoint} from '../../lib/cli/find-endpoint'
import {localStatusText} from '../../lib/cli/local-status-text'
import type {LocalStatus} from '../../lib/local/control-client'

export default class LocalFlush extends BaseCommand {
  static override summary = 'Deliver what waits in the local endpoint'
  static override description =
    'Firehose collects records for up to 900 seconds before it writes an object. This makes it write now, and waits until it has.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  async run(): Promise<LocalStatus> {
    const {flags} = await this.parse(LocalFlush)
    const control = await findEndpoint(await this.sources(flags))
    const status = await control.flush()
    this.print(localStatusText(status))
    return status
  }
}
