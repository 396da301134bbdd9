import {BaseCommand} from '../../lib/cli/base-command'
import type {LocalOutcome} from '../../lib/cli/find-endpoint'
import {yesFlag} from '../../lib/cli/flags'
import {localStatusText} from '../../lib/cli/local-status-text'

export default class LocalReset extends BaseCommand {
  static override summary = 'Forget everything in the local endpoint'
  static override description =
    'Buses, streams, events, objects, tables and the moved clock: the endpoint is as new afterwards, at the same address.'
  static override examples = ['<%= config.bin %> <%= command.id %> --yes']
  static override flags = {yes: yesFlag}

  async run(): Promise<LocalOutcome> {
    const {flags} = await this.parse(LocalReset)
    const {control, toOutcome} = await this.localEndpoint(flags)
    const {dataDir} = await control.status()
    await this.confirm(`Forget everything in ${dataDir}?`, flags)
    const status = toOutcome(await control.reset())
    this.print(localStatusText(status))
    return status
  }
}
