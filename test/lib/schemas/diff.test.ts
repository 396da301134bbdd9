import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteSchemaVersionCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {runDiff, type DiffRequest} from '../../../src/lib/schemas/diff/run-diff'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {usageEvent} from '../schema-model/usage-like-event'

let endpoint: TestEndpoint
let client: SchemasClient
let folder: string

const order = (more: object = {}) => ({type: 'object', properties: {id: {type: 'string'}, ...more}})
const versions = [order(), order({note: {type: 'string'}}), order({note: {type: 'integer'}}), order()]

beforeAll(async () => {
  endpoint = await testEndpoint()
  client = new SchemasClient(endpoint.client)
  const [first, ...others] = versions.map((schema) => JSON.stringify(schema))
  for (const RegistryName of ['shop', 'discovered-schemas'])
    await client.send(new CreateRegistryCommand({RegistryName}))
  const names = {RegistryName: 'shop', SchemaName: 'order'}
  await client.send(new CreateSchemaCommand({...names, Type: 'JSONSchemaDraft4', Content: first}))
  for (const Content of others) await client.send(new UpdateSchemaCommand({...names, Content}))
  await client.send(new DeleteSchemaVersionCommand({...names, SchemaVersion: '3'}))
  const kind = {source: 'my-applications', detailType: 'api-usage-event'}
  const Content = JSON.stringify(toOpenApi({...kind, shape: inferShape([usageEvent()])}))
  const discovered = {RegistryName: 'discovered-schemas', SchemaName: 'my-applications@ApiUsageEvent'}
  await client.send(new CreateSchemaCommand({...discovered, Type: 'OpenApi3', Content}))
})
afterAll(async () => {
  client.destroy()
  await discard(endpoint)
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

async function diff(request: Partial<DiffRequest>, stdin = '') {
  const ports = {connect: async () => client, stdin: Readable.from([stdin])}
  const {result} = await runDiff({old: 'order', for: 'both', failOn: 'may-break', ...request}, ports)
  return result
}

function file(name: string, schema: object): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(schema))
  return path
}

describe('one schema', () => {
  it('is compared with the version before it, also where one was deleted', async () => {
    const {from, to, changes} = await diff({old: 'order'})

    expect([from, to]).toEqual([
      {name: 'order', version: '2', registry: 'shop'},
      {name: 'order', version: '4', registry: 'shop'},
    ])
    expect(changes).toMatchObject([{path: 'note', kind: 'removed', consumers: 'may-break'}])
  })

  it('may be a version that is not the last one', async () => {
    expect((await diff({old: 'order:2'})).from.version).toBe('1')
  })

  it.each([
    ['without a version before it', 'order:1', 'SCHEMA_VERSION_NOT_FOUND'],
    ['that is built in', 'usage-event', 'DIFF_NEEDS_TWO'],
  ])('%s is refused', async (_what, old, code) => {
    await expect(diff({old})).rejects.toMatchObject({code})
  })
})

describe('two schemas', () => {
  it('may be two versions, and what is compatible depends on the side', async () => {
    const both = {old: 'order:2', next: 'order:1'}

    expect((await diff({...both, for: 'producers'})).compatible).toBe(true)
    expect(await diff(both)).toMatchObject({
      compatible: false,
      breakingCount: 0,
      mayBreakCount: 1,
      safeCount: 0,
    })
    expect((await diff({...both, failOn: 'breaking'})).compatible).toBe(true)
  })

  it('may be a registry and a file, two files, or standard input', async () => {
    const next = file('next.json', order({id: {type: 'integer'}}))

    expect((await diff({old: 'order', next})).changes).toMatchObject([{path: 'id', kind: 'type'}])
    expect((await diff({old: file('old.json', order()), next})).breakingCount).toBe(1)
    expect((await diff({old: '-', next}, JSON.stringify(order({id: {type: 'integer'}})))).changes).toEqual([])
    await expect(diff({old: '-', next: '-'})).rejects.toMatchObject({code: 'STDIN_TWICE'})
  })

  it('tell first what breaks the side that was asked about', async () => {
    const [old, next] = [
      file('a.json', order({n: {type: 'integer'}})),
      file('b.json', {...order({n: {type: 'number'}}), required: ['id']}),
    ]
    const paths = async (side: DiffRequest['for']) =>
      (await diff({old, next, for: side})).changes.map(({path}) => path)

    expect(await paths('producers')).toEqual(['id', 'n'])
    expect(await paths('consumers')).toEqual(['n', 'id'])
  })

  it('are compared by the detail where one of them is that of a whole event', async () => {
    const result = await diff({old: 'usage-event', next: 'my-applications@ApiUsageEvent'})

    expect(result.detailOnly).toBe(true)
    expect(result.changes.map(({path}) => path)).toContain('durationMs')
    expect(result.changes.map(({path}) => path)).not.toContain('detail-type')
  })
})
