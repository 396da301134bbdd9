import {spawnSync} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from '../_helpers/properties'
import {stringifyExact} from '../../src/lib/core/json'
import {inferShape} from '../../src/lib/schema-model/infer'
import {detailOf, readSchemaDocument, type SchemaDocument} from '../../src/lib/schema-model/schema-document'
import {toOpenApi} from '../../src/lib/schema-model/to-openapi'
import {headOf} from '../../src/lib/schema-model/write/written-document'
import {writeForm} from '../../src/lib/schemas/write-form'
import {runTool} from '../_helpers/tool'
import {arbitrarySchema} from '../lib/schema-model/arbitrary-schema'
import {meteredEvent, usageEvent} from '../lib/schema-model/usage-like-event'

const bin = process.env['PEERS_BIN'] ?? ''
const ofPython = ['openapi3', 'openapi31', 'swagger2', 'jsonschema4', 'jsonschema'] as const
/** `SCHEMAS_SEED=2` makes other schemas. */
const seed = Number(process.env['SCHEMAS_SEED'] ?? 1)
const invented = fc.sample(arbitrarySchema, {seed, numRuns: 60}).map(withoutDefaults)

let folder: string

/** openapi-spec-validator also asks whether a default is valid, which invented ones are not. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'default')
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutDefaults(member)]))
}

/** AsyncAPI's parser takes a member called `$ref` for a reference and loses one called `__proto__`. */
function isBeyondAsyncApi(schema: unknown): boolean {
  return /"__proto__":|"\$ref":[^"]/.test(JSON.stringify(schema))
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schemas-'))
})

afterEach(() => rmSync(folder, {recursive: true, force: true}))

/** What a program says of every file in the folder, by the file's name; files without fault are left out. */
function faultsBy(command: string, script: string): Record<string, string[]> {
  const files = readdirSync(folder).map((name) => join(folder, name))
  const {status, stdout, stderr} = spawnSync(command, [join(__dirname, 'schemas', script), ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  expect({status, stderr}).toMatchObject({status: 0})
  const found = Object.entries(JSON.parse(stdout) as Record<string, string[]>)
  expect(found).toHaveLength(files.length)
  return Object.fromEntries(found.filter(([, faults]) => faults.length > 0))
}

const byPython = () => faultsBy(join(bin, 'python'), 'validate.py')
const byAsyncApi = () => faultsBy(process.execPath, 'asyncapi.js')

function discovered(event: object, source: string, detailType: string): SchemaDocument {
  const document = toOpenApi({source, detailType, shape: inferShape([event])})
  return readSchemaDocument(document, {name: `${source}@${detailType}`})
}

async function write(
  name: string,
  form: (typeof ofPython)[number] | 'asyncapi',
  ...documents: SchemaDocument[]
) {
  const [first] = documents
  const head = documents.length === 1 && first ? headOf(first) : {title: 'All', version: '1.0.0'}
  const {content} = await writeForm(form, documents, head, 'usage')
  writeFileSync(join(folder, `${name}.${form}.json`), stringifyExact(content))
}

/** Discovered, invented and bundled schemas in a form, one file each. */
async function writeAll(form: (typeof ofPython)[number] | 'asyncapi'): Promise<void> {
  const usage = discovered(usageEvent(), 'my-applications', 'api-usage-event')
  const metered = discovered(meteredEvent, 'com.example.billing', 'Usage Metered')
  await write('usage', form, usage)
  await write('detail', form, detailOf(metered))
  await write('bundle', form, usage, metered)
  const schemas = form === 'asyncapi' ? invented.filter((schema) => !isBeyondAsyncApi(schema)) : invented
  expect(schemas.length).toBeGreaterThan(30)
  for (const [i, schema] of schemas.entries()) {
    await write(`invented-${i}`, form, readSchemaDocument(schema, {name: `invented-${i}`}))
  }
}

function exportBuiltIn(form: string): void {
  const words = form === 'collector-api' ? [] : ['usage-event']
  const {status} = runTool(['schemas', 'export', ...words, '--as', form, '--output', `${folder}/`])
  expect(status).toBe(0)
}

describe(`validators of PyPI, with SCHEMAS_SEED=${seed}`, () => {
  it.each(ofPython)('find nothing wrong with %s', async (form) => {
    exportBuiltIn(form)
    await writeAll(form)

    expect(byPython()).toEqual({})
  })

  it('find nothing wrong with the API of the collector', () => {
    exportBuiltIn('collector-api')

    expect(byPython()).toEqual({})
  })

  it('find faults where there are some', () => {
    const bad = {
      'a.openapi3.json': {
        openapi: '3.0.3',
        info: {title: 'a', version: '1'},
        paths: {},
        components: {schemas: {A: {type: ['x']}}},
      },
      'b.openapi31.json': {openapi: '3.1.0', info: {title: 'a'}, paths: {}},
      'c.swagger2.json': {
        swagger: '2.0',
        info: {title: 'a', version: '1'},
        paths: {},
        definitions: {A: {minLength: 'x'}},
      },
      'd.jsonschema4.json': {$schema: 'http://json-schema.org/draft-04/schema#', required: []},
      'e.jsonschema.json': {$schema: 'https://json-schema.org/draft/2020-12/schema', $ref: '#/$defs/no'},
    }
    for (const [name, document] of Object.entries(bad)) {
      writeFileSync(join(folder, name), JSON.stringify(document))
    }

    expect(Object.keys(byPython())).toEqual(Object.keys(bad))
  })
})

describe("AsyncAPI's own parser", () => {
  it('finds nothing wrong', async () => {
    exportBuiltIn('asyncapi')
    await writeAll('asyncapi')

    expect(byAsyncApi()).toEqual({})
  })

  it('finds faults where there are some', async () => {
    await write('usage', 'asyncapi', discovered(usageEvent(), 'my-applications', 'api-usage-event'))
    const file = join(folder, 'usage.asyncapi.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"action":"send"', '"action":"shout"'))

    expect(byAsyncApi()).toEqual({'usage.asyncapi.json': expect.any(Array) as string[]})
  })
})
