import fc, {runs} from '../../_helpers/properties'
import {canonicalJson} from '../../../src/lib/binding/plan/canonical'
import {parseExact, stringifyExact} from '../../../src/lib/core/json'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {
  detailOf,
  readSchemaDocument,
  type SchemaDocument,
} from '../../../src/lib/schema-model/schema-document'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {toJsonSchemaDraft4} from '../../../src/lib/schema-model/to-json-schema-draft4'
import {writeAsyncApi30} from '../../../src/lib/schema-model/write/async-api'
import {writeJsonSchema, writeJsonSchemaDraft4} from '../../../src/lib/schema-model/write/json-schema'
import {writeOpenApi30, writeOpenApi31, writeSwagger20} from '../../../src/lib/schema-model/write/open-api'
import {writeTypescript} from '../../../src/lib/schema-model/write/typescript/typescript'
import {headOf, type DocumentHead} from '../../../src/lib/schema-model/write/written-document'
import {anyName, arbitrarySchema} from './arbitrary-schema'
import {
  asyncApiFaults,
  checkOf,
  draft2020Faults,
  draft4Faults,
  openApiFaults,
  typescriptFaults,
} from './validate-document'

function read(schema: object, name = 'my-shop@Order'): SchemaDocument {
  return readSchemaDocument(schema, {name})
}

/** Documents that go into one file, and what they are called there. */
interface Group {
  documents: readonly SchemaDocument[]
  head: DocumentHead
}

function groupOf(...documents: SchemaDocument[]): Group {
  const [first] = documents
  const isAlone = documents.length === 1 && first !== undefined
  return {documents, head: isAlone ? headOf(first) : {title: 'All', version: '1.0.0'}}
}

/** What the validators find wrong with any form of the groups. */
async function faultsOf(groups: readonly Group[]): Promise<object[]> {
  const faults: object[] = []
  for (const {documents, head} of groups) {
    const found = {
      openapi3: await openApiFaults(writeOpenApi30(documents, head).document),
      openapi31: await openApiFaults(writeOpenApi31(documents, head).document),
      swagger2: await openApiFaults(writeSwagger20(documents, head).document),
      jsonschema4: draft4Faults(writeJsonSchemaDraft4(documents, head).document),
      jsonschema: draft2020Faults(writeJsonSchema(documents, head).document),
      asyncapi: asyncApiFaults(writeAsyncApi30(documents, head, 'usage').document),
    }
    faults.push(...Object.entries(found).flatMap(([form, list]) => list.map((fault) => ({form, fault}))))
  }
  const modules = groups.map(({documents, head}, i) => [`types${i}`, writeTypescript(documents, head).text])
  const wrongTypes = typescriptFaults(Object.fromEntries(modules) as Record<string, string>)
  return [...faults, ...wrongTypes.map((fault) => ({form: 'typescript', fault}))]
}

const jsonValue = fc.jsonValue({maxDepth: 3})

describe('any schema', () => {
  it('is written in every form so that an independent validator accepts it', async () => {
    const schemas = fc.array(arbitrarySchema, {minLength: 5, maxLength: 5})
    await fc.assert(
      fc.asyncProperty(schemas, async (list) => {
        expect(await faultsOf(list.map((schema) => groupOf(read(schema))))).toEqual([])
      }),
      {numRuns: runs(1, 2)},
    )
  })

  it('shares a document with others, whatever they are called', async () => {
    const schemas = fc.array(arbitrarySchema, {minLength: 20, maxLength: 20})
    await fc.assert(
      fc.asyncProperty(schemas, async (list) => {
        const documents = list.map((schema, i) => read(schema, `shop-${i % 15}@Order`))
        expect(await faultsOf([groupOf(...documents)])).toEqual([])
      }),
      {numRuns: runs(1, 4)},
    )
  })

  it('accepts and refuses the same values as before it was read', () => {
    fc.assert(
      fc.property(arbitrarySchema, fc.array(jsonValue, {minLength: 5, maxLength: 5}), (schema, values) => {
        const before = checkOf(schema)
        const after = checkOf(writeJsonSchema([read(schema)], {title: 't', version: '1'}).document)
        expect(values.map(after)).toEqual(values.map(before))
      }),
      {numRuns: runs(20, 100)},
    )
  })

  it('still accepts in the other forms what it accepted', () => {
    fc.assert(
      fc.property(arbitrarySchema, fc.array(jsonValue, {minLength: 5, maxLength: 5}), (schema, values) => {
        const source = read(schema)
        const head = headOf(source)
        const again = (document: object) => readAgain(document, source.component)
        const forms = {
          jsonschema4: writeJsonSchemaDraft4([source], head).document,
          openapi3: again(writeOpenApi30([source], head).document),
          openapi31: again(writeOpenApi31([source], head).document),
          swagger2: again(writeSwagger20([source], head).document),
          asyncapi: again(writeAsyncApi30([source], head, 'usage').document),
        }
        const valid = values.filter(checkOf(schema))
        for (const [form, written] of Object.entries(forms)) {
          expect({form, refused: valid.filter((value) => !checkOf(written)(value))}).toEqual({
            form,
            refused: [],
          })
        }
      }),
      {numRuns: runs(20, 100)},
    )
  })

  it('is read from OpenAPI 3.1 as it was read before', () => {
    fc.assert(
      fc.property(arbitrarySchema, (schema) => {
        const source = read(schema)
        const {document} = writeOpenApi31([source], headOf(source))
        const again = readSchemaDocument(document, {name: source.name, component: source.component})
        expect(canonicalJson(again.schema)).toBe(canonicalJson(source.schema))
      }),
      {numRuns: runs(20, 100)},
    )
  })
})

/** The component that a document was written about, as JSON Schema. */
function readAgain(document: object, component: string | undefined): object {
  return readSchemaDocument(document, {name: 'again', component}).schema
}

describe('any event', () => {
  const detail = fc.dictionary(anyName, jsonValue, {maxKeys: 5})
  const kind = {source: 'my-shop', detailType: 'order placed'}
  const events = fc.array(
    detail.map((one) => ({source: kind.source, 'detail-type': kind.detailType, detail: one})),
    {minLength: 1, maxLength: 3},
  )

  it('is valid in every form of the schema that was discovered from it', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (seen) => {
        const document = read(toOpenApi({...kind, shape: inferShape(seen)}))
        expect(await faultsOf([groupOf(document), groupOf(detailOf(document))])).toEqual([])
        const isEvent = checkOf(writeJsonSchema([document], headOf(document)).document)
        const isDetail = checkOf(writeJsonSchema([detailOf(document)], headOf(document)).document)
        expect(seen.filter((event) => !isEvent(event) || !isDetail(event.detail))).toEqual([])
      }),
      {numRuns: runs(1, 3)},
    )
  })

  it('is valid in draft 4 as the registry writes it, which is how it is written here', () => {
    fc.assert(
      fc.property(events, (seen) => {
        const stored = parseExact(stringifyExact(toOpenApi({...kind, shape: inferShape(seen)})))
        const document = read(stored as object)
        const {document: written} = writeJsonSchemaDraft4([document], headOf(document))
        expect(stringifyExact(written)).toBe(stringifyExact(toJsonSchemaDraft4(stored)))
      }),
    )
  })
})
