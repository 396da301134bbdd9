import {Args} from '@oclif/core'
import {BaseCommand} from '../../lib/cli/base-command'
import {advanceDuration} from '../../lib/cli/advance-duration'
import {findEndpoint} from '../../lib/cli/find-endpoint'
import {localStatusText} from '../../lib/cli/local-status-text'
import type {LocalStatus} from '../../lib/local/control-client'

export default class LocalAdvance extends BaseCommand {
  static override summary = "Move the local endpoint's clock forward"
  static override description =
    'What would happen in that time happens now, in order: buffers are written, deliveries are tried again, old messages expire.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 15m',
    '<%= config.bin %> <%= command.id %> 1h30m --json',
  ]
  static override args = {
    duration: Args.string({required: true, description: 'how far: 900s, 15m, 1h30m, 2d'}),
  }

  async run(): Promise<LocalStatus> {
    const {args, flags} = await this.parse(LocalAdvance)
    const ms = advanceDuration(args.duration)
    const control = await findEndpoint(await this.sources(flags))
    const status = await control.advance(ms)
    this.print(localStatusText(status))
    return status
  }
}
