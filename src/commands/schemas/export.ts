import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {roadSettings} from '../../lib/cli/settings'
import {cleanText} from '../../lib/render/clean-text'
import {documentText} from '../../lib/schemas/document-file'
import {exportForms} from '../../lib/schemas/export-form'
import {exportProgress} from '../../lib/schemas/export-progress'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {runExport} from '../../lib/schemas/run-export'

export default class SchemasExport extends AwsCommand {
  static override summary = 'Write schemas as documents that other teams can use'
  static override description =
    'SCHEMA is NAME or NAME:VERSION, a file (JSON or YAML, any of the forms; FILE#NAME for one of several), - for standard input, or usage-event, which is built in. Without --registry a name is looked for in discovered-schemas, then in all registries. ' +
    'The document goes to stdout alone, or to --output: ' +
    'a folder gets a file named after the schema, a file that ends with .yaml gets YAML, and a file that already ' +
    'holds the document is left alone. openapi3 and jsonschema4 are what the registry itself has; the other forms, and ' +
    'those two where it has them not, are converted. What a form cannot say is warned about. ' +
    'collector-api is the OpenAPI document with which usage events are sent to a collector.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage-event --as typescript --output src/usage-event.ts',
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent:2 --detail-only --as jsonschema',
    '<%= config.bin %> <%= command.id %> contracts/orders.yaml --as typescript',
    '<%= config.bin %> <%= command.id %> --all --output contracts/',
    '<%= config.bin %> <%= command.id %> --all --bundle --as asyncapi --output events.yaml',
    '<%= config.bin %> <%= command.id %> --as collector-api --server https://usage.example.com',
  ]
  static override args = {
    schema: Args.string({description: 'NAME or NAME:VERSION of the schema, or a file'}),
  }
  static override flags = {
    registry: Flags.string({
      summary: 'registry to look in [default: discovered-schemas; for one schema, then all others]',
      helpValue: 'NAME',
    }),
    as: Flags.string({
      summary: `form of the document: ${exportForms.join(', ')}`,
      default: 'openapi3',
      helpValue: 'FORM',
    }),
    output: Flags.string({char: 'o', summary: 'file or folder to write to', helpValue: 'FILE|DIR'}),
    all: Flags.boolean({
      summary: 'every schema of the registry, one file each; --output names the folder',
    }),
    bundle: Flags.boolean({summary: 'with --all: one document that holds all of them'}),
    'detail-only': Flags.boolean({summary: "the event's detail alone, without the envelope of EventBridge"}),
    server: Flags.string({
      summary: 'address of a collector, for collector-api; repeatable',
      multiple: true,
      helpValue: 'URL',
    }),
    bus: nameFlags.bus,
  }

  async run(): Promise<object> {
    const {args, flags} = await this.parse(SchemasExport)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const {bus} = roadSettings(await this.sources(flags), '', '')
    const progress = exportProgress(Date.now, (text) => this.progress(text))
    const outcome = await runExport(
      {
        ...flags,
        bus,
        schema: args.schema,
        signal: flags.all ? this.signal : undefined,
        onProgress: progress,
      },
      schemaPorts(process.stdin, async () =>
        (await this.session(flags, {identify: false})).clients.schemas(),
      ),
    )
    for (const warning of outcome.warnings) this.warn(cleanText(warning))
    for (const remark of outcome.notes) this.note(cleanText(remark))
    if (outcome.written.failed.length > 0) this.exitWith(6)
    const {content} = outcome
    if (content === undefined) return outcome.written
    this.print(documentText(content))
    return typeof content === 'string' ? {[flags.as]: content} : content
  }
}
