import type {RegistryRow, SchemaRow, Tables, VersionRow} from './tables'
import {registryKey, schemaKey, versionKey, versionsOf} from './tables'
import {badRequest, forbidden, notFound} from './errors'

/** Names of registries and schemas, as the console states the rule: letters, digits, `.`, `-`, `_`, `@`; 64 and 385 characters. */
const nameForm = /^[0-9A-Za-z_.@-]+$/

function checkName(name: string | undefined, what: string, maxLength: number): string {
  if (name === undefined || !nameForm.test(name) || name.length > maxLength) {
    throw badRequest(
      `${what} must have 1 to ${maxLength} characters of A-Z, a-z, 0-9, ".", "-", "_" and "@". It is "${name ?? ''}".`,
    )
  }
  return name
}

/** The name of a registry, checked. Throws BadRequestException. */
export function checkRegistryName(name: string | undefined): string {
  return checkName(name, 'Registry name', 64)
}

/** The name of a schema, checked. Throws BadRequestException. */
export function checkSchemaName(name: string | undefined): string {
  return checkName(name, 'Schema name', 385)
}

/** Throws ForbiddenException for a registry that is AWS's own. */
export function refuseManaged(registry: string): void {
  if (registry.startsWith('aws.')) {
    throw forbidden(
      "You do not have the permission to create/modify an AWS managed registry with name prefixed with 'aws.'.",
    )
  }
}

/** Throws BadRequestException for a description of more than 256 characters. */
export function checkDescription(description: string | undefined): string | undefined {
  if (description !== undefined && description.length > 256) {
    throw badRequest('Description must have length less than or equal to 256')
  }
  return description
}

/** The registry of that name in the region. Throws NotFoundException. */
export function findRegistry(tables: Tables, region: string, name: string | undefined): RegistryRow {
  const row = tables.registries.get(registryKey(region, checkRegistryName(name)))
  if (!row) throw notFound(`Registry with name ${name ?? ''} does not exist.`)
  return row
}

/** The schema of that name in the registry. Throws NotFoundException, also where the registry is missing. */
export function findSchema(
  tables: Tables,
  region: string,
  names: {RegistryName?: string | undefined; SchemaName?: string | undefined},
): SchemaRow {
  const registry = findRegistry(tables, region, names.RegistryName)
  const row = tables.schemas.get(schemaKey(region, registry.name, checkSchemaName(names.SchemaName)))
  if (!row)
    throw notFound(`Schema with name ${names.SchemaName ?? ''} does not exist in registry ${registry.name}.`)
  return row
}

/** A version of the schema, the latest where none is named. Throws NotFoundException, and BadRequestException where it is no number. */
export function findVersion(
  tables: Tables,
  region: string,
  schema: SchemaRow,
  version: string | undefined,
): VersionRow {
  if (version !== undefined && !/^\d{1,8}$/.test(version)) {
    throw badRequest(`Schema version must be a number. It is "${version}".`)
  }
  const found =
    version === undefined
      ? versionsOf(tables, region, schema.registry, schema.name).at(-1)
      : tables.versions.get(versionKey(region, schema.registry, schema.name, Number(version)))
  if (!found) throw notFound(`Version ${version ?? ''} of schema ${schema.name} does not exist.`)
  return found
}
