import {Args} from '@oclif/core'
import {BaseCommand} from '../../lib/cli/base-command'
import {advanceDuration} from '../../lib/cli/advance-duration'
import type {LocalOutcome} from '../../lib/cli/find-endpoint'
import {localStatusText} from '../../lib/cli/local-status-text'

export default class LocalAdvance extends BaseCommand {
  static override summary = "Move the local endpoint's clock forward"
  static override description =
    'What would happen in that time happens now, in order: buffers are written, deliveries are tried again, old messages expire. ' +
    'The clock stays ahead until a reset. Where no endpoint runs on the data folder, one is started for this command.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 15m',
    '<%= config.bin %> <%= command.id %> 1h30m --json',
  ]
  static override args = {
    duration: Args.string({required: true, description: 'how far: 900s, 15m, 1h30m, 2d'}),
  }

  async run(): Promise<LocalOutcome> {
    const {args, flags} = await this.parse(LocalAdvance)
    const ms = advanceDuration(args.duration)
    const {control, toOutcome} = await this.localEndpoint(flags)
    const status = toOutcome(await control.advance(ms))
    this.print(localStatusText(status))
    return status
  }
}
