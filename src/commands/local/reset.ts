import {BaseCommand} from '../../lib/cli/base-command'
import {findEndpoint} from '../../lib/cli/find-endpoint'
import {yesFlag} from '../../lib/cli/flags'
import {localStatusText} from '../../lib/cli/local-status-text'
import type {LocalStatus} from '../../lib/local/control-client'

export default class LocalReset extends BaseCommand {
  static override summary = 'Forget everything in the local endpoint'
  static override description =
    'Buses, streams, events, objects, tables and the moved clock: the endpoint is as new afterwards, at the same address.'
  static override examples = ['<%= config.bin %> <%= command.id %> --yes']
  static override flags = {yes: yesFlag}

  async run(): Promise<LocalStatus> {
    const {flags} = await this.parse(LocalReset)
    const control = await findEndpoint(await this.sources(flags))
    const {dataDir} = await control.status()
    await this.confirm(`Forget everything in ${dataDir}?`, flags)
    const status = await control.reset()
    this.print(localStatusText(status))
    return status
  }
}
