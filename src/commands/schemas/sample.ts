import {randomInt} from 'node:crypto'
import {Args, Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {runSample, type SampleRun} from '../../lib/schemas/sample/run-sample'
import {registryFlag, schemaHelp} from '../../lib/schemas/schema-flags'

interface SampleResult extends Pick<SampleRun, 'schema'> {
  seed: number
  samples: unknown[]
}

export default class SchemasSample extends AwsCommand {
  static override summary = 'Make valid, varied events of a schema'
  static override description =
    'One JSON value a line, each checked against the schema: members that may be left out sometimes are, options of unions and bounds are tried. ' +
    'Names, hosts and addresses are invented; what a schema gives as examples is used. The same seed and range of times give the same samples. ' +
    `"events send --schema" sends them. ${schemaHelp}`
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage-event',
    '<%= config.bin %> <%= command.id %> contracts/orders.yaml --count 1000 --seed 7 > orders.ndjson',
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent:2 --detail-only --from -1d --to now',
  ]
  static override args = {schema: Args.string({description: 'the schema', required: true})}
  static override flags = {
    count: Flags.integer({summary: 'how many', default: 1, min: 1, helpValue: 'N'}),
    seed: Flags.integer({
      summary: 'the same seed gives the same samples [default: random]',
      helpValue: 'N',
    }),
    from: Flags.string({summary: 'times lie from here on', default: '2026-01-01', helpValue: 'TIME'}),
    to: Flags.string({summary: 'times lie before this', default: '2026-02-01', helpValue: 'TIME'}),
    'detail-only': Flags.boolean({summary: "the event's detail alone, without the envelope of EventBridge"}),
    registry: registryFlag,
  }

  async run(): Promise<SampleResult | PolicyDocument> {
    const {args, flags} = await this.parse(SchemasSample)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const seed = flags.seed ?? randomInt(2 ** 31)
    const connect = async () => (await this.session(flags, {identify: false})).clients.schemas()
    const ports = schemaPorts(process.stdin, connect)
    const {schema, samples} = await runSample({...flags, ...args, seed}, Date.now(), ports)
    if (flags.seed === undefined) this.note(`The same again: --seed ${seed}`)
    if (this.jsonEnabled()) return {schema, seed, samples: [...samples]}
    await this.printLines(samples)
    return {schema, seed, samples: []}
  }
}
