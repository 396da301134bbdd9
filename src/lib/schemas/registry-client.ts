import type {
  DescribeSchemaCommandOutput,
  RegistrySummary,
  SchemasClient,
  SchemaSummary,
  SchemaVersionSummary,
} from '@aws-sdk/client-schemas'
import {isAbsent, toOpError} from '../aws/map-sdk-error'
import {allItems} from '../aws/paginate'

/** One version of a schema; the latest one where no version is named. */
export interface SchemaPlace {
  registry: string
  schema: string
  version?: string | undefined
}

/** Reading calls on the schema registry, all pages of a list, errors as `OpError`. */
export class RegistryClient {
  constructor(private readonly client: SchemasClient) {}

  /** Every registry of account and region, those of AWS included. */
  async registries(): Promise<RegistrySummary[]> {
    const {ListRegistriesCommand} = await import('@aws-sdk/client-schemas')
    return this.reading('list the registries', () =>
      allItems(
        (token) => this.client.send(new ListRegistriesCommand({NextToken: token})),
        (page) => page.NextToken,
        (page) => page.Registries,
      ),
    )
  }

  /** Every schema of a registry. Throws `NOT_FOUND` (absent) where there is no such registry. */
  async schemas(registry: string): Promise<SchemaSummary[]> {
    const {ListSchemasCommand} = await import('@aws-sdk/client-schemas')
    return this.reading(`list the schemas of registry ${registry}`, () =>
      allItems(
        (token) => this.client.send(new ListSchemasCommand({RegistryName: registry, NextToken: token})),
        (page) => page.NextToken,
        (page) => page.Schemas,
      ),
    )
  }

  /** Every version of a schema. */
  async versions(registry: string, schema: string): Promise<SchemaVersionSummary[]> {
    const {ListSchemaVersionsCommand} = await import('@aws-sdk/client-schemas')
    return this.reading(`list the versions of schema ${schema}`, () =>
      allItems(
        (token) =>
          this.client.send(
            new ListSchemaVersionsCommand({RegistryName: registry, SchemaName: schema, NextToken: token}),
          ),
        (page) => page.NextToken,
        (page) => page.SchemaVersions,
      ),
    )
  }

  /** A schema with its content, or undefined where registry, schema or version is not there. */
  async describe(place: SchemaPlace): Promise<DescribeSchemaCommandOutput | undefined> {
    const {DescribeSchemaCommand} = await import('@aws-sdk/client-schemas')
    return this.reading(`read schema ${place.schema}`, async () => {
      try {
        return await this.client.send(new DescribeSchemaCommand(inputOf(place)))
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    })
  }

  /** The content of an OpenApi3 schema as JSON Schema Draft 4, written by the registry. */
  async exportDraft4(place: SchemaPlace): Promise<string> {
    const {ExportSchemaCommand} = await import('@aws-sdk/client-schemas')
    return this.reading(`export schema ${place.schema}`, async () => {
      const command = new ExportSchemaCommand({...inputOf(place), Type: 'JSONSchemaDraft4'})
      return (await this.client.send(command)).Content ?? ''
    })
  }

  private async reading<T>(doing: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      throw toOpError(error, doing)
    }
  }
}

function inputOf(place: SchemaPlace) {
  return {
    RegistryName: place.registry,
    SchemaName: place.schema,
    ...(place.version === undefined ? {} : {SchemaVersion: place.version}),
  }
}
