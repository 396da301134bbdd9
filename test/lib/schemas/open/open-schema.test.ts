import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas'
import {openSchema} from '../../../../src/lib/schemas/open/open-schema'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'

let endpoint: TestEndpoint
let client: SchemasClient
let folder: string
const here = process.cwd()

const order = {type: 'object', properties: {id: {type: 'string'}}}

beforeAll(async () => {
  endpoint = await testEndpoint()
  client = new SchemasClient(endpoint.client)
  await client.send(new CreateRegistryCommand({RegistryName: 'shop'}))
  const names = {RegistryName: 'shop', SchemaName: 'order'}
  await client.send(
    new CreateSchemaCommand({...names, Type: 'JSONSchemaDraft4', Content: JSON.stringify(order)}),
  )
  const next = {...order, properties: {...order.properties, max: {maximum: 5, exclusiveMaximum: true}}}
  await client.send(new UpdateSchemaCommand({...names, Content: JSON.stringify(next)}))
})
afterAll(async () => {
  client.destroy()
  await discard(endpoint)
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-schema-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(here)
  rmSync(folder, {recursive: true, force: true})
})

const offline = () => Promise.reject(new Error('no registry is asked'))
const ports = (stdin = '') => ({connect: async () => client, stdin: Readable.from([stdin])})
const refusal = (code: string) => expect.objectContaining({code}) as unknown

describe('a file', () => {
  it.each([
    ['order.json', '{"type":"object","properties":{"n":{"maximum":9223372036854775807}}}'],
    ['order.yaml', 'type: object\nproperties:\n  n: {maximum: 9223372036854775807}\n'],
  ])('%s is read with every digit, and no registry is asked', async (file, text) => {
    writeFileSync(file, text)

    const {document, origin, label} = await openSchema(file, undefined, {
      connect: offline,
      stdin: Readable.from([]),
    })

    expect(document.schema).toMatchObject({properties: {n: {maximum: 9223372036854775807n}}})
    expect({name: document.name, origin, label}).toEqual({
      name: 'order',
      origin: {kind: 'file', file},
      label: file,
    })
  })

  it('may hold several schemas, of which one is named behind #', async () => {
    const schemas = {A: {type: 'string'}, B: {type: 'integer'}}
    writeFileSync(
      'all.json',
      JSON.stringify({openapi: '3.1.0', info: {title: 'x', version: '1'}, components: {schemas}}),
    )

    const {document} = await openSchema('./all.json#B', undefined, ports())

    expect({name: document.name, type: document.schema.type}).toEqual({name: 'B', type: 'integer'})
    await expect(openSchema('all.json', undefined, ports())).rejects.toEqual(refusal('SCHEMA_COMPONENT_OPEN'))
    await expect(openSchema('all.json#C', undefined, ports())).rejects.toEqual(refusal('COMPONENT_NOT_FOUND'))
  })

  it('without an ending counts where no registry has that name', async () => {
    writeFileSync('mine', '{"type":"null"}')
    writeFileSync('order', '{"type":"null"}')

    expect((await openSchema('mine', undefined, ports())).origin.kind).toBe('file')
    expect((await openSchema('order', undefined, ports())).origin.kind).toBe('registry')
    expect((await openSchema('./order', undefined, ports())).origin.kind).toBe('file')
    await expect(openSchema('mine', 'shop', ports())).rejects.toEqual(refusal('SCHEMA_NOT_FOUND'))
  })

  it.each([
    ['cut short', 'x.json', '{"type":', 'BAD_SCHEMA_FILE'],
    ['YAML that says a key twice', 'x.yaml', 'type: string\ntype: object\n', 'BAD_SCHEMA_FILE'],
    ['YAML that holds itself', 'x.yaml', '&a\nproperties: {a: *a}\n', 'BAD_SCHEMA_FILE'],
    ['YAML that grows without end', 'x.yaml', yamlBomb(), 'BAD_SCHEMA_FILE'],
    ['empty', 'x.json', ' \n', 'BAD_SCHEMA_FILE'],
    ['no schema', 'x.json', '[1]', 'BAD_SCHEMA'],
    [
      'a schema that refers elsewhere',
      'x.json',
      '{"$ref":"https://example.com/a"}',
      'SCHEMA_EXTERNAL_REFERENCE',
    ],
  ])('that is %s is refused', async (_what, file, text, code) => {
    writeFileSync(file, text)

    await expect(openSchema(file, undefined, ports())).rejects.toEqual(refusal(code))
  })

  it('that is not there, or is a folder, is refused', async () => {
    mkdirSync('there.json')

    await expect(openSchema('not.json', undefined, ports())).rejects.toEqual(refusal('INPUT_NOT_READABLE'))
    await expect(openSchema('there.json', undefined, ports())).rejects.toEqual(refusal('INPUT_NOT_READABLE'))
  })
})

function yamlBomb(): string {
  const level = (name: string, above: string) =>
    `${name}: &${name} [${Array<string>(9).fill(`*${above}`).join()}]`
  return [
    'a: &a [1,1,1,1,1,1,1,1,1]',
    level('b', 'a'),
    level('c', 'b'),
    level('d', 'c'),
    level('e', 'd'),
  ].join('\n')
}

it('is read from standard input', async () => {
  const {document, origin} = await openSchema('-', undefined, ports('type: string\n'))

  expect({origin, type: document.schema.type}).toEqual({origin: {kind: 'stdin'}, type: 'string'})
})

it('is built in by the name of usage-event', async () => {
  const {document, origin} = await openSchema('usage-event', undefined, {
    connect: offline,
    stdin: Readable.from([]),
  })

  expect(origin).toEqual({kind: 'built-in'})
  expect(document.schema).toMatchObject({required: ['eventId', 'service', 'api']})
})

describe('a schema of a registry', () => {
  it('is the latest version, or the one that is named', async () => {
    const latest = await openSchema('order', undefined, ports())
    const first = await openSchema('order:1', 'shop', ports())

    expect(latest.label).toBe('order:2 (registry shop)')
    expect(latest.document.schema).toMatchObject({properties: {max: {exclusiveMaximum: 5}}})
    expect(first.document).toMatchObject({name: 'order', version: '1'})
    expect(first.document.schema).not.toHaveProperty('properties.max')
  })

  it.each([
    ['that is not there', 'ordre', 'SCHEMA_NOT_FOUND'],
    ['in a version that is not there', 'order:9', 'SCHEMA_VERSION_NOT_FOUND'],
    ['whose name cannot be one', 'no name', 'BAD_SCHEMA_REFERENCE'],
  ])('%s is refused', async (_what, text, code) => {
    await expect(openSchema(text, undefined, ports())).rejects.toEqual(refusal(code))
  })
})
