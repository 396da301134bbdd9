import {both} from '../permission'
import type {Case, Permission} from '../permission'

const inAllRegistries: Case = {
  words: 'without `--registry`',
  holds: ({words}) => words['registry'] === undefined,
}

export const schemasList: readonly Permission[] = [
  {to: 'list the registries', actions: ['schemas:ListRegistries'], on: ['registries'], only: inAllRegistries},
  {
    to: 'list the schemas and their versions',
    actions: ['schemas:ListSchemas', 'schemas:ListSchemaVersions'],
    on: ['schemas'],
  },
]

/** The schema of the contract is built in. */
const ofRegistry: Case = {
  words: 'of another schema than usage-event',
  holds: ({words}) => words['schema'] !== 'usage-event' || words['registry'] !== undefined,
}

export const schemasExport: readonly Permission[] = [
  {to: 'read the schema', actions: ['schemas:DescribeSchema'], on: ['schemas'], only: ofRegistry},
  {
    to: 'find the schema, and names that are near',
    actions: ['schemas:ListSchemas'],
    on: ['schemas'],
    only: ofRegistry,
  },
  {
    to: 'look in all registries',
    actions: ['schemas:ListRegistries'],
    on: ['registries'],
    only: both(inAllRegistries, ofRegistry),
  },
  {
    to: 'have the registry write a JSON Schema',
    actions: ['schemas:ExportSchema'],
    on: ['the registry', 'schemas'],
    only: {words: 'with `--as jsonschema4`', holds: ({words}) => words['as'] === 'jsonschema4'},
  },
]
