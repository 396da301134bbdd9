import {both, onlyIn, withFlag, without} from '../permission'
import type {Case, Permission} from '../permission'
import {schemaSourceOf} from '../../core/schema-source'
import {makingDiscoverer, stoppingDiscoverer} from './discoverers'

const inAllRegistries: Case = {
  words: 'without `--registry`',
  holds: ({words}) => words['registry'] === undefined,
}

/** The names that a shell completes. */
export const complete: readonly Permission[] = [
  {to: 'complete the names of registries', actions: ['schemas:ListRegistries'], on: ['registries']},
  {
    to: 'complete the names and versions of schemas',
    actions: ['schemas:ListSchemas', 'schemas:ListSchemaVersions'],
    on: ['schemas'],
  },
]

export const schemasList: readonly Permission[] = [
  {to: 'list the registries', actions: ['schemas:ListRegistries'], on: ['registries'], only: inAllRegistries},
  {
    to: 'list the schemas and their versions',
    actions: ['schemas:ListSchemas', 'schemas:ListSchemaVersions'],
    on: ['schemas'],
  },
]

/** The arguments in which a command takes schemas. */
const schemaWords = ['schema', 'old', 'new'] as const

/** Files, standard input and the contract need no registry. */
const ofRegistry: Case = {
  words: 'of a schema of a registry',
  holds: ({words}) =>
    words['all'] === true ||
    schemaWords.some((word) => {
      const text = words[word]
      if (typeof text !== 'string') return false
      return words['registry'] !== undefined || schemaSourceOf(text).kind === 'name'
    }),
}

/** What `openSchema` calls. */
export const openingSchema: readonly Permission[] = onlyIn(ofRegistry, [
  {to: 'read the schema', actions: ['schemas:DescribeSchema'], on: ['schemas']},
  {to: 'find the schema, and names that are near', actions: ['schemas:ListSchemas'], on: ['schemas']},
  {
    to: 'look in all registries',
    actions: ['schemas:ListRegistries'],
    on: ['registries'],
    only: inAllRegistries,
  },
])

const listingVersions: Permission = {
  to: 'list its versions',
  actions: ['schemas:ListSchemaVersions'],
  on: ['schemas'],
}

export const schemasShow: readonly Permission[] = [...openingSchema, {...listingVersions, only: ofRegistry}]

export const schemasDiff: readonly Permission[] = [
  ...openingSchema,
  {
    ...listingVersions,
    only: both(ofRegistry, {
      words: 'without a second schema',
      holds: ({words}) => words['new'] === undefined,
    }),
  },
]

/** One schema, of which events are made. */
export const schemasSample: readonly Permission[] = openingSchema

export const schemasExport: readonly Permission[] = [
  ...openingSchema,
  {
    to: 'have the registry write a JSON Schema',
    actions: ['schemas:ExportSchema'],
    on: ['the registry', 'schemas'],
    only: both(ofRegistry, {
      words: 'with `--as jsonschema4`',
      holds: ({words}) => words['as'] === 'jsonschema4',
    }),
  },
]

const toRegistry: Case = {
  words: 'with `--registry`',
  holds: ({words}) => words['registry'] !== undefined,
}

const ofBus: Case = {
  words: 'with `--start`, `--stop` or `--status`',
  holds: ({words}) => ['start', 'stop', 'status'].some((word) => words[word] === true),
}

const ofBucket: Case = {
  words: 'from s3://BUCKET/PREFIX',
  holds: ({words}) => /^s3:/.test(typeof words['file'] === 'string' ? words['file'] : ''),
}

/** Reading the events of an S3 prefix. */
const readingEvents: readonly Permission[] = onlyIn(ofBucket, [
  {to: 'find the objects', actions: ['s3:ListBucket'], on: ['bucket of FILE']},
  {to: 'read the objects', actions: ['s3:GetObject'], on: ['objects of FILE']},
])

export const schemasValidate: readonly Permission[] = [...openingSchema, ...readingEvents]

export const schemasDiscover: readonly Permission[] = [
  ...readingEvents,
  {
    to: 'see whether the registry is there',
    actions: ['schemas:ListRegistries'],
    on: ['registries'],
    only: toRegistry,
  },
  {to: 'read its schemas', actions: ['schemas:DescribeSchema'], on: ['schemas'], only: toRegistry},
  ...onlyIn(both(toRegistry, without('dry-run')), [
    {to: 'make the registry', actions: ['schemas:CreateRegistry'], on: ['the registry']},
    {
      to: 'make a schema or a version of it',
      actions: ['schemas:CreateSchema', 'schemas:UpdateSchema'],
      on: ['schemas'],
    },
  ]),
  ...onlyIn(ofBus, [
    {to: 'see that the bus is there', actions: ['events:DescribeEventBus'], on: ['bus']},
    {to: "find the bus's discoverer", actions: ['schemas:ListDiscoverers'], on: ['discoverers']},
  ]),
  {
    to: 'list what was found',
    actions: ['schemas:ListRegistries'],
    on: ['registries'],
    only: withFlag('status'),
  },
  {
    to: 'list the schemas that were found',
    actions: ['schemas:ListSchemas'],
    on: ['discovered schemas'],
    only: withFlag('status'),
  },
  ...onlyIn(without('dry-run'), [
    ...onlyIn(withFlag('start'), makingDiscoverer),
    ...onlyIn(withFlag('stop'), stoppingDiscoverer),
  ]),
]
