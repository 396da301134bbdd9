import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {formatFlag} from '../../lib/cli/flags'
import type {PolicyDocument} from '../../lib/road/policies'
import {listSchemas, schemaColumns, type SchemaListRow} from '../../lib/schemas/list-schemas'
import {RegistryClient} from '../../lib/schemas/registry-client'

export interface SchemasListResult {
  schemas: SchemaListRow[]
}

export default class SchemasList extends AwsCommand {
  static override summary = 'List the schemas of a registry, or of all of them'
  static override description =
    'Name, registry, number of versions, type and time of the last change. Discoverers write to the registry discovered-schemas.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --registry discovered-schemas --format csv',
  ]
  static override flags = {
    registry: Flags.string({summary: 'registry to list [default: all]', helpValue: 'NAME'}),
    format: formatFlag,
  }

  async run(): Promise<SchemasListResult | PolicyDocument> {
    const {flags} = await this.parse(SchemasList)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {clients} = await this.session(flags, {identify: false})
    const schemas = await listSchemas(new RegistryClient(await clients.schemas()), flags.registry)
    if (schemas.length === 0) this.note('There are no schemas.')
    await this.printRows({columns: schemaColumns, rows: schemas}, flags.format)
    return {schemas}
  }
}
