import {join} from 'node:path'
import {Flags} from '@oclif/core'
import {BaseCommand} from '../../lib/cli/base-command'
import {chooseDataDir} from '../../lib/cli/settings'

/** The answer of `--detach`; without it the first line of a stream. */
export interface LocalStartResult {
  type: 'ready'
  endpoint: string
  dataDir: string
  pid: number
}

export default class LocalStart extends BaseCommand {
  static override summary = 'Start the local endpoint'
  static override description =
    'Speaks the wire protocols of EventBridge, Firehose, S3, Glue, Athena, SQS, Kinesis, CloudWatch, IAM, STS and ' +
    'the schema registry on 127.0.0.1, and keeps everything in the data folder. Any SDK and the AWS CLI can use it: set ' +
    'AWS_ENDPOINT_URL to its address, and any keys. Stays in the foreground until Ctrl-C, unless --detach is given.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --detach',
    '<%= config.bin %> <%= command.id %> --port 0 --data-dir ./local-data --json',
  ]
  static override flags = {
    port: Flags.integer({
      summary: 'port to listen on; 0 takes a free one',
      env: 'USAGE_TRACKER_PORT',
      default: 4577,
      helpValue: 'N',
      min: 0,
      max: 65_535,
    }),
    host: Flags.string({
      summary: 'address to listen on; anything but loopback lets others read and change all data',
      default: '127.0.0.1',
      helpValue: 'ADDRESS',
    }),
    detach: Flags.boolean({summary: 'serve in a process of its own and return when it is ready'}),
  }

  async run(): Promise<LocalStartResult | undefined> {
    const {flags} = await this.parse(LocalStart)
    const dataDir = chooseDataDir(await this.sources(flags))
    const {port, host} = flags
    if (flags.detach) {
      const {detach} = await import('../../lib/cli/detach')
      const args = ['local', 'start', '--json', '--port', String(port), '--host', host, '--data-dir', dataDir]
      const ready = await detach({script: join(this.config.root, 'bin', 'run.js'), args, dataDir})
      this.print(`ready ${ready.endpoint}`)
      return ready
    }
    const {serveLocal} = await import('../../lib/cli/serve-local')
    await serveLocal({
      dataDir,
      port,
      host,
      version: this.config.version,
      log: (line) => this.note(line),
      onReady: (endpoint) => {
        this.print(`ready ${endpoint}`)
        this.printJsonLine({type: 'ready', endpoint, dataDir})
        if (process.stderr.isTTY) this.note(useText(endpoint))
      },
    })
    return undefined
  }
}

function useText(endpoint: string): string {
  return [
    'Ctrl-C ends it; what it holds stays. For other programs:',
    `  export AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
  ].join('\n')
}
