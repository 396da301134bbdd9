import {Args} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {formatFlag} from '../../lib/cli/flags'
import {cleanText} from '../../lib/render/clean-text'
import type {Session} from '../../lib/cli/session-types'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {registryFlag, schemaHelp} from '../../lib/schemas/schema-flags'
import {runValidate, type ValidateResult} from '../../lib/schemas/validate/run-validate'
import {
  errorColumns,
  errorRows,
  validateProgressText,
  validateRemarks,
  verdictText,
} from '../../lib/schemas/validate/validate-text'

export default class SchemasValidate extends AwsCommand {
  static override summary = 'Check events against a schema'
  static override description =
    'Events (details, whole EventBridge events or entries of PutEvents; one a line, one after the other or in an array; gzip too) come from a ' +
    'file, standard input or the objects under an S3 prefix. Errors are counted by place and rule, each with its first ' +
    'lines. Events of another source or detail type than the schema names are counted and left out. Exit code 9 unless all that was ' +
    `checked conforms. ${schemaHelp}`
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage-event events.ndjson',
    '<%= config.bin %> <%= command.id %> contracts/orders.yaml - < orders.ndjson',
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent:2 s3://usage-111122223333-eu-west-1/events/',
  ]
  static override args = {
    schema: Args.string({description: 'the schema', required: true}),
    file: Args.string({description: 'file of events, - for standard input, or s3://BUCKET/PREFIX'}),
  }
  static override flags = {
    registry: registryFlag,
    format: formatFlag,
  }

  async run(): Promise<ValidateResult | PolicyDocument> {
    const {args, flags} = await this.parse(SchemasValidate)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    let opened: Promise<Session> | undefined
    const clients = async () => (await (opened ??= this.session(flags, {identify: false}))).clients
    const outcome = await runValidate(
      {...args, registry: flags.registry},
      {
        schemas: schemaPorts(process.stdin, async () => (await clients()).schemas()),
        events: {stdin: process.stdin, signal: this.signal, s3: async () => (await clients()).s3()},
        now: () => performance.now(),
        onProgress: (progress) => this.progress(validateProgressText(progress)),
      },
    )
    for (const remark of validateRemarks(outcome)) this.note(cleanText(remark))
    const {result} = outcome
    const list = {columns: errorColumns, rows: errorRows(result)}
    const above = cleanText(verdictText(outcome))
    if (flags.format === 'table' && list.rows.length === 0) this.print(above)
    else await this.printRows(list, flags.format, {above})
    if (!result.valid) this.exitWith(9)
    return result
  }
}
