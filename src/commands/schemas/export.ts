import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {documentText} from '../../lib/schemas/document-file'
import {exportForms} from '../../lib/schemas/export-form'
import {runExport} from '../../lib/schemas/run-export'

export default class SchemasExport extends AwsCommand {
  static override summary = 'Write a schema as an OpenAPI 3.0 or JSON Schema document'
  static override description =
    'SCHEMA is NAME or NAME:VERSION. Without --registry it is looked for in discovered-schemas, then in all registries. ' +
    'The schema usage-event is built in and needs no registry. The document goes to stdout alone, or to --output; ' +
    'a folder gets a file named after the schema.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> usage-event --as openapi3',
    '<%= config.bin %> <%= command.id %> my-applications@ApiUsageEvent:2 --output openapi.json',
    '<%= config.bin %> <%= command.id %> --all --output contracts/',
  ]
  static override args = {
    schema: Args.string({description: 'NAME or NAME:VERSION of the schema'}),
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
  }

  async run(): Promise<object> {
    const {args, flags} = await this.parse(SchemasExport)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const request = {...flags, schema: args.schema, signal: flags.all ? this.signal : undefined}
    const outcome = await runExport(request, async () => {
      const {clients} = await this.session(flags, {identify: false})
      return clients.schemas()
    })
    for (const remark of outcome.warnings) this.warn(remark)
    for (const remark of outcome.notes) this.note(remark)
    if (outcome.failedCount > 0) this.exitWith(6)
    if (outcome.document) this.print(documentText(outcome.document))
    return outcome.document ?? outcome.written
  }
}
