import {Args, Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {formatFlag} from '../../lib/cli/flags'
import {diffColumns, diffFoot, diffHead, diffRows} from '../../lib/schemas/diff/diff-text'
import {diffLimits, diffSides, runDiff, type DiffResult} from '../../lib/schemas/diff/run-diff'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {registryFlag, schemaHelp} from '../../lib/schemas/schema-flags'

export default class SchemasDiff extends AwsCommand {
  static override summary = 'Say what changed between two schemas, and whom it breaks'
  static override description =
    'Each change is safe or breaking for producers (do events that are valid by the old schema stay valid?) and for consumers ' +
    '(do events that are valid by the new schema keep what the old one promised?). What is called safe is proven; "may break" is ' +
    'what could not be proven either way, and a member that is gone. With one argument the last two versions are compared, or ' +
    `a version with the one before it. Exit code 9 unless all is safe. ${schemaHelp}`
  static override examples = [
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent',
    '<%= config.bin %> <%= command.id %> orders:1 orders:4 --for consumers',
    '<%= config.bin %> <%= command.id %> contracts/orders.yaml orders --format markdown',
    'git show main:orders.yaml | <%= config.bin %> <%= command.id %> - orders.yaml --fail-on breaking',
  ]
  static override args = {
    old: Args.string({description: 'the schema that was', required: true}),
    new: Args.string({description: 'the schema that is to be'}),
  }
  static override flags = {
    for: Flags.string({
      summary: 'whose events or code must not break',
      options: [...diffSides],
      default: 'both',
    }),
    'fail-on': Flags.string({
      summary: 'the least that makes exit code 9',
      options: [...diffLimits],
      default: 'may-break',
    }),
    registry: registryFlag,
    format: formatFlag,
  }

  async run(): Promise<DiffResult | PolicyDocument> {
    const {args, flags} = await this.parse(SchemasDiff)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const outcome = await runDiff(
      {
        old: args.old,
        next: args.new,
        registry: flags.registry,
        for: flags.for as DiffResult['for'],
        failOn: flags['fail-on'] as (typeof diffLimits)[number],
      },
      schemaPorts(process.stdin, async () =>
        (await this.session(flags, {identify: false})).clients.schemas(),
      ),
    )
    const {result} = outcome
    const [above, below] = [diffHead(outcome), diffFoot(outcome)]
    const list = {columns: diffColumns(result), rows: diffRows(result)}
    if (flags.format === 'table' && list.rows.length === 0) this.print(`${above}\n${below}`)
    else await this.printRows(list, flags.format, {above, below})
    if (!result.compatible) this.exitWith(9)
    return result
  }
}
