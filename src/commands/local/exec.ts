import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {Flags} from '@oclif/core'
import {applyBindings} from '../../lib/binding/apply/apply-bindings'
import {planBindings} from '../../lib/binding/plan/plan-bindings'
import {BaseCommand} from '../../lib/cli/base-command'
import {childEnvironment} from '../../lib/cli/child-environment'
import {runChild} from '../../lib/cli/run-child'
import {OpError} from '../../lib/core/errors'

export default class LocalExec extends BaseCommand {
  static override summary = 'Run a program against a local endpoint of its own'
  static override description =
    'Starts an endpoint on a free port, points every AWS SDK and this tool at it (AWS_ENDPOINT_URL, region, dummy keys), runs ' +
    "the program, and ends with the program's exit code. Its data is in a temporary folder that is removed, unless " +
    '--data-dir names one: then "local events" says afterwards what came in.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --bind -- npm test',
    '<%= config.bin %> <%= command.id %> --data-dir ./events -- pytest && <%= config.bin %> local events --data-dir ./events --invalid',
  ]
  static override enableJsonFlag = false
  static override strict = false
  static override usage = 'local exec [flags] -- COMMAND...'
  static override flags = {
    bind: Flags.boolean({
      summary: 'bind the default road first: bus, rule, stream, bucket, table (see bind-target)',
    }),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(LocalExec)
    const words = argv as string[]
    if (words.length === 0) {
      throw new OpError('usage', 'NO_COMMAND', 'There is nothing to run.', {
        hint: 'Name a program behind --: usage-tracker local exec --bind -- npm test',
      })
    }
    const dataDir = resolve(flags['data-dir'] ?? (await this.temporaryFolder()))
    const session = await this.session(flags, {alone: dataDir})
    if (flags.bind) {
      const plans = await planBindings(session.clients, [session.settings])
      // Not this.signal: once the program runs, an interrupt is for it alone.
      const {signal} = new AbortController()
      await applyBindings({clients: session.clients, now: session.now, sleep, signal}, plans)
    }
    const {endpoint: url = '', region} = session.where
    this.note(`A local endpoint is ready at ${url}.`)
    this.exitAs(await runChild(words, childEnvironment(process.env, {url, region})))
  }

  private async temporaryFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-exec-'))
    this.onClose(() => rm(folder, {recursive: true, force: true}))
    return folder
  }
}
