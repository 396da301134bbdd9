import {OpError} from '../../core/errors'
import {isJsonObject, own} from '../json-object'
import {pointerStep} from './keywords'
import type {NamedSchema} from './root-component'

/** How a kind of document writes schemas. */
export interface Dialect {
  /** Whether the document is itself a schema; else its schemas stand under names in the `holders`. */
  isSchema: boolean
  /** Where named schemas stand, as JSON pointers. */
  holders: readonly string[]
  /** Whether everything beside `$ref` is ignored. */
  refStandsAlone: boolean
  /** The keyword that allows null beside `type`. */
  nullable: 'nullable' | 'x-nullable' | undefined
  /** The keyword that names a schema by a URI. */
  id: 'id' | '$id'
}

const plainSchema: Dialect = {
  isSchema: true,
  holders: ['/definitions', '/$defs'],
  refStandsAlone: false,
  nullable: undefined,
  id: '$id',
}
const draft4: Dialect = {...plainSchema, refStandsAlone: true, id: 'id'}
const draft6Or7: Dialect = {...plainSchema, refStandsAlone: true}
const components: Dialect = {...plainSchema, isSchema: false, holders: ['/components/schemas']}
const openApi30: Dialect = {...components, refStandsAlone: true, nullable: 'nullable'}
const swagger2: Dialect = {
  ...components,
  holders: ['/definitions'],
  refStandsAlone: true,
  nullable: 'x-nullable',
}
const asyncApi3: Dialect = {...components, refStandsAlone: true}

/** By the version that stands under the key that marks a kind of document. */
const documents: readonly [key: string, version: RegExp, dialect: Dialect][] = [
  ['openapi', /^3\.0\.\d+(-.+)?$/, openApi30],
  ['openapi', /^3\.[12]\.\d+(-.+)?$/, components],
  ['swagger', /^2\.0$/, swagger2],
  ['asyncapi', /^3\.\d+\.\d+(-.+)?$/, asyncApi3],
]

const drafts: readonly [uri: RegExp, dialect: Dialect][] = [
  [/^https?:\/\/json-schema\.org\/draft-04\/(hyper-)?schema#?$/, draft4],
  [/^https?:\/\/json-schema\.org\/draft-0[67]\/(hyper-)?schema#?$/, draft6Or7],
  [/^https?:\/\/json-schema\.org\/draft\/20(19-09|20-12)\/(hyper-)?schema#?$/, plainSchema],
  [/^https:\/\/spec\.openapis\.org\/oas\/3\.1\/(dialect|schema-base)\/.+$/, plainSchema],
]

function unread(what: string): OpError {
  return new OpError(
    'usage',
    'SCHEMA_DIALECT_UNKNOWN',
    `The schema is written as ${what}, which is not read.`,
    {
      hint: 'OpenAPI 3.0 and 3.1, Swagger 2.0, AsyncAPI 3 and JSON Schema from draft 4 to 2020-12 are read.',
    },
  )
}

/**
 * The dialect of a parsed document. A JSON Schema that does not name its draft is read as 2020-12, or as draft 4 where the registry says that
 * it is one. Throws `SCHEMA_DIALECT_UNKNOWN` (usage).
 */
export function dialectOf(document: unknown, isDraft4 = false): Dialect {
  for (const [key, pattern, dialect] of documents) {
    const version = own(document, key)
    if (typeof version === 'string' && pattern.test(version)) return dialect
  }
  for (const [key] of documents) {
    const version = own(document, key)
    if (typeof version === 'string') throw unread(`${key} ${version.slice(0, 40)}`)
  }
  const draft = own(document, '$schema')
  if (typeof draft !== 'string') return isDraft4 ? draft4 : plainSchema
  const known = drafts.find(([uri]) => uri.test(draft))
  if (!known) throw unread(`"${draft.slice(0, 100)}"`)
  return known[1]
}

/** The named schemas of a document, in their order. */
export function namedSchemas(document: unknown, dialect: Dialect): NamedSchema[] {
  return dialect.holders.flatMap((holder) => {
    const found = holder.slice(1).split('/').reduce<unknown>(own, document)
    if (!isJsonObject(found)) return []
    return Object.entries(found).map(([name, schema]) => ({
      name,
      pointer: holder + pointerStep(name),
      schema,
    }))
  })
}
