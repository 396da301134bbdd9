import {BaseCommand} from '../../lib/cli/base-command'
import {findEndpoint} from '../../lib/cli/find-endpoint'
import {stopEndpoint} from '../../lib/cli/stop-endpoint'

export interface LocalStopResult {
  stopped: true
  endpoint: string
}

export default class LocalStop extends BaseCommand {
  static override summary = 'Stop the running local endpoint'
  static override description =
    'Requests under way are answered first; nothing that was accepted is lost. The endpoint is found by --endpoint-url or ' +
    'by its data folder.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --endpoint-url http://127.0.0.1:4577',
  ]

  async run(): Promise<LocalStopResult> {
    const {flags} = await this.parse(LocalStop)
    const control = await findEndpoint(await this.sources(flags))
    await stopEndpoint(control)
    this.print(`stopped ${control.url}`)
    return {stopped: true, endpoint: control.url}
  }
}
