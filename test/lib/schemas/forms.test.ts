import {createServer, request as httpRequest} from 'node:http'
import type {AddressInfo} from 'node:net'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CreateRegistryCommand, CreateSchemaCommand, SchemasClient} from '@aws-sdk/client-schemas'
import {parse} from 'yaml'
import {stringifyExact} from '../../../src/lib/core/json'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import type {ExportRequest} from '../../../src/lib/schemas/check-request'
import {exportForms} from '../../../src/lib/schemas/export-form'
import {runExport} from '../../../src/lib/schemas/run-export'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {runs} from '../../_helpers/runs'
import {usageEvent} from '../schema-model/usage-like-event'
import {
  asyncApiFaults,
  checkOf,
  draft2020Faults,
  draft4Faults,
  openApiFaults,
  typescriptFaults,
} from '../schema-model/validate-document'

let endpoint: TestEndpoint
let client: SchemasClient
/** The same schemas, put there in another order. */
let elsewhere: SchemasClient
let folder: string

const discoveredName = 'my-applications@ApiUsageEvent'
const kind = {source: 'my-applications', detailType: 'api-usage-event'}
const discovered = toOpenApi({...kind, shape: inferShape([usageEvent()])})
const order = {
  openapi: '3.0.0',
  info: {title: 'Order', version: '4.0.0'},
  paths: {},
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['lines', 'total'],
        properties: {
          lines: {type: 'array', items: {$ref: '#/components/schemas/Line'}},
          note: {type: 'string', nullable: true},
          parent: {$ref: '#/components/schemas/Order'},
        },
      },
      Line: {type: 'object', properties: {qty: {type: 'integer', minimum: 0, exclusiveMinimum: true}}},
    },
  },
}
const plan = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Price plan',
  type: ['object', 'null'],
  patternProperties: {'^x-': {type: 'string'}},
  properties: {'a/b': {enum: ['free', null]}, class: {type: 'string', format: 'uuid'}},
  additionalProperties: false,
  definitions: {Line: {type: 'string'}},
}
/** A detail type of another source whose components have the names of `discovered`. */
const other = toOpenApi({
  source: 'shop',
  detailType: 'api-usage-event',
  shape: inferShape([{...usageEvent({customer: 7}), source: 'shop'}]),
})

beforeAll(async () => {
  endpoint = await testEndpoint()
  client = new SchemasClient(endpoint.client)
  elsewhere = new SchemasClient({...endpoint.client, region: 'us-east-1'})
  await fill(client)
  await fill(elsewhere, true)
})

afterAll(async () => {
  client.destroy()
  elsewhere.destroy()
  await discard(endpoint)
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forms-'))
})

afterEach(() => rmSync(folder, {recursive: true, force: true}))

async function fill(at: SchemasClient, inReverse = false): Promise<void> {
  const schemas: [string, string, object, string?][] = [
    ['discovered-schemas', discoveredName, discovered],
    ['discovered-schemas', 'shop@ApiUsageEvent', other],
    ['own', 'order', order],
    ['own', 'plan', plan, 'JSONSchemaDraft4'],
    ['own', 'escape', {properties: {a: {$ref: 'file:///etc/passwd'}}}, 'JSONSchemaDraft4'],
  ]
  for (const RegistryName of ['discovered-schemas', 'own', 'case'])
    await at.send(new CreateRegistryCommand({RegistryName}))
  for (const SchemaName of ['Same', 'same', '..', '.hidden', 'con']) schemas.push(['case', SchemaName, order])
  for (const [RegistryName, SchemaName, content, Type = 'OpenApi3'] of inReverse
    ? schemas.reverse()
    : schemas) {
    const Content = JSON.stringify(content)
    await at.send(new CreateSchemaCommand({RegistryName, SchemaName, Content, Type: Type as 'OpenApi3'}))
  }
}

function run(request: Partial<ExportRequest>, at = client) {
  return runExport(
    {as: 'openapi3', bus: 'usage', ...request},
    {stdin: process.stdin, connect: async () => at},
  )
}

async function faultsOf(form: string, content: object | string | undefined): Promise<string[]> {
  if (typeof content === 'string') return typescriptFaults({types: content})
  const document = content ?? {}
  if (form === 'jsonschema4') return draft4Faults(document)
  if (form === 'jsonschema') return draft2020Faults(document)
  return form === 'asyncapi' ? asyncApiFaults(document) : openApiFaults(document)
}

const schemaForms = exportForms.filter((form) => form !== 'collector-api')

const whatIsExported: [string, Partial<ExportRequest>][] = [
  ['the details of a whole registry', {all: true, bundle: true, 'detail-only': true}],
  ['an OpenAPI document of a registry of our own', {schema: 'order'}],
  ['a Draft 4 schema', {schema: 'plan'}],
  ['a discovered schema', {schema: discoveredName}],
  ['its detail', {schema: discoveredName, 'detail-only': true}],
  ['the built-in schema', {schema: 'usage-event'}],
  ['a whole registry', {all: true, bundle: true}],
]

describe.each(schemaForms)('as %s', (as) => {
  it.each(whatIsExported.slice(0, runs(3, 7)))(
    '%s passes an independent validator',
    async (_what, request) => {
      const {content} = await run({...request, as})

      expect(await faultsOf(as, content)).toEqual([])
    },
  )

  it('is the same, byte for byte, in whatever order the registry was filled', async () => {
    for (const request of [{schema: 'order'}, {all: true, bundle: true}]) {
      const [one, two] = [await run({...request, as}), await run({...request, as}, elsewhere)]
      expect(stringifyExact(one.content)).toBe(stringifyExact(two.content))
    }
  })
})

describe('a converted schema', () => {
  it('is Draft 4 by our own converter where the registry does not export it', async () => {
    const {content} = await run({schema: 'order', as: 'jsonschema4'})
    const check = checkOf(content as object)

    expect(content).toMatchObject({title: 'Order', properties: {parent: {$ref: '#'}}})
    expect(check({lines: [{qty: 1}], total: 1, note: null, parent: {lines: [], total: 0}})).toBe(true)
    expect(check({lines: [{qty: 0}], total: 1})).toBe(false)
    expect(check({lines: [], total: 1, parent: {}})).toBe(false)
  })

  it('is the same by our own converter as by the registry, where the caller may not export', async () => {
    const port = Number(new URL(String(endpoint.client.endpoint)).port)
    const guard = createServer((incoming, outgoing) => {
      if (incoming.url?.includes('/export')) {
        outgoing.writeHead(403, {
          'x-amzn-errortype': 'AccessDeniedException',
          'content-type': 'application/json',
        })
        outgoing.end('{"Message":"not authorized to perform: schemas:ExportSchema"}')
        return
      }
      const {url: path, method, headers} = incoming
      const onwards = httpRequest({port, host: '127.0.0.1', path, method, headers}, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onwards)
    })
    await new Promise<void>((resolve) => guard.listen(0, '127.0.0.1', resolve))
    const guarded = new SchemasClient({
      ...endpoint.client,
      endpoint: `http://127.0.0.1:${(guard.address() as AddressInfo).port}`,
    })

    const ours = await run({schema: discoveredName, as: 'jsonschema4'}, guarded)
    const theirs = await run({schema: discoveredName, as: 'jsonschema4'})
    guarded.destroy()
    guard.closeAllConnections()
    guard.close()

    expect(stringifyExact(ours.content)).toBe(stringifyExact(theirs.content))
  })

  it('names what the form cannot say', async () => {
    const {warnings} = await run({schema: 'plan', as: 'openapi3'})

    expect(warnings).toEqual([
      'plan: this form cannot say patternProperties; the document allows more than the schema.',
    ])
  })

  it('is the detail without its envelope', async () => {
    const {content} = await run({schema: discoveredName, 'detail-only': true, as: 'jsonschema'})
    const check = checkOf(content as object)

    expect(check(usageEvent().detail)).toBe(true)
    expect(check(usageEvent())).toBe(false)
  })

  it('names the bus in AsyncAPI', async () => {
    const {content} = await run({schema: discoveredName, as: 'asyncapi', bus: 'orders/eu'})

    expect(content).toMatchObject({
      channels: {bus: {address: 'orders/eu'}},
      operations: {sendApiUsageEvent: {action: 'send'}},
    })
  })

  it('holds for TypeScript what it holds for a validator', async () => {
    const {content} = await run({schema: 'order', as: 'typescript'})
    const use = (value: string) =>
      typescriptFaults({
        order: String(content),
        use: `import type {Order} from './order'\nexport const o: Order = ${value}\n`,
      })

    expect(use('{lines: [{qty: 1}], total: 1, note: null}')).toEqual([])
    expect(use('{lines: [{qty: "1"}], total: 1}').join()).toContain(
      "'string' is not assignable to type 'number'",
    )
    expect(use('{total: 1}').join()).toContain("'lines' is missing")
  })
})

describe('a bundle', () => {
  it('puts the schema before a name that several of them use, and shares what is the same', async () => {
    const {content, notes} = await run({all: true, bundle: true})
    const names = Object.keys((content as typeof order).components.schemas)

    expect(names).toEqual([
      'MyApplicationsApiUsageEvent_AWSEvent',
      'MyApplicationsApiUsageEvent_ApiUsageEvent',
      'Api',
      'Customer',
      'Response',
      'Service',
      'ShopApiUsageEvent_AWSEvent',
      'ShopApiUsageEvent_ApiUsageEvent',
    ])
    expect(notes).toEqual(['2 schemas are in it.'])
  })

  it('goes into one file without the schema that fails, which is named', async () => {
    const file = join(folder, 'all.yaml')
    const {written} = await run({all: true, bundle: true, registry: 'own', as: 'openapi31', output: file})

    expect(written.exported).toEqual([{schema: 'own', registry: 'own', file, changed: true}])
    expect(written.failed).toMatchObject([{schema: 'escape', code: 'SCHEMA_EXTERNAL_REFERENCE'}])
    const document = parse(readFileSync(file, 'utf8')) as {webhooks: object}
    expect(Object.keys(document.webhooks)).toEqual(['order', 'plan'])
    expect(await openApiFaults(document)).toEqual([])
  })

  it('of nothing is refused', async () => {
    await client.send(new CreateRegistryCommand({RegistryName: 'empty'}))

    await expect(run({all: true, bundle: true, registry: 'empty'})).rejects.toMatchObject({
      code: 'REGISTRY_EMPTY',
      kind: 'absent',
    })
  })
})

describe('files', () => {
  it('are left alone while they hold the document', async () => {
    const file = join(folder, 'order.json')
    const first = await run({schema: 'order', output: file})
    utimesSync(file, 1, 1)
    const second = await run({schema: 'order', output: file})

    expect(statSync(file).mtimeMs).toBe(1000)
    expect([first, second].map(({written}) => written.exported[0]?.changed)).toEqual([true, false])
    writeFileSync(file, readFileSync(file, 'utf8').replace('Order', 'ORDER'))
    expect((await run({schema: 'order', output: file})).written.exported[0]?.changed).toBe(true)
  })

  it('are YAML where their name says so, with the same content', async () => {
    const file = join(folder, 'plan.yml')
    await run({schema: 'plan', as: 'jsonschema', output: file})
    const {content} = await run({schema: 'plan', as: 'jsonschema'})

    expect(readFileSync(file, 'utf8')).toContain('\ntitle: Price plan\n')
    expect(parse(readFileSync(file, 'utf8'))).toEqual(content)
  })

  it('have names that differ by more than case, and stay in the folder', async () => {
    await run({all: true, registry: 'case', as: 'typescript', output: join(folder, 'in')})

    expect(readdirSync(folder)).toEqual(['in'])
    expect(readdirSync(join(folder, 'in')).sort()).toEqual([
      'Same.ts',
      '__.ts',
      '_con.ts',
      '_hidden.ts',
      'same_1.ts',
    ])
  })

  it('take the place of links, and leave alone what these lead to', async () => {
    const outside = join(folder, 'outside.txt')
    const inside = join(folder, 'in')
    writeFileSync(outside, 'kept')
    mkdirSync(inside)
    symlinkSync(outside, join(inside, 'order.openapi3.json'))
    symlinkSync(join(folder, 'nothing'), join(inside, 'plan.openapi3.json'))
    await run({all: true, registry: 'own', output: inside})

    expect(readFileSync(outside, 'utf8')).toBe('kept')
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
    expect(lstatSync(join(inside, 'order.openapi3.json')).isFile()).toBe(true)
  })

  it('that cannot be written are named, and the rest goes on', async () => {
    mkdirSync(join(folder, 'order.openapi3.json'))
    const {written} = await run({all: true, registry: 'own', output: folder})

    expect(written.failed.map(({schema, code}) => [schema, code])).toEqual([
      ['escape', 'SCHEMA_EXTERNAL_REFERENCE'],
      ['order', 'CANNOT_WRITE_FILE'],
    ])
    expect(readdirSync(folder).sort()).toEqual(['order.openapi3.json', 'plan.openapi3.json'])
  })
})

describe('a long export', () => {
  it('tells how far it is', async () => {
    const seen: number[][] = []
    await run({
      all: true,
      registry: 'case',
      output: folder,
      onProgress: (...counts) => void seen.push(counts),
    })

    expect(seen).toEqual([1, 2, 3, 4, 5].map((done) => [done, 5]))
  })

  it('ends when it is interrupted', async () => {
    await client.send(new CreateRegistryCommand({RegistryName: 'many'}))
    const schema = {RegistryName: 'many', Content: JSON.stringify(order), Type: 'OpenApi3' as const}
    for (let i = 0; i < 20; i += 1)
      await client.send(new CreateSchemaCommand({...schema, SchemaName: `s${i}`}))
    const abort = new AbortController()
    const reason = new Error('stop')
    const onProgress = () => abort.abort(reason)

    const ended = run({all: true, registry: 'many', output: folder, signal: abort.signal, onProgress})

    await expect(ended).rejects.toBe(reason)
    expect(readdirSync(folder).length).toBeLessThan(20)
  })
})

describe('the API of the collector', () => {
  it('passes an independent validator, needs no registry, and holds examples that its schemas accept', async () => {
    const servers = ['https://usage.example.com/v1', 'http://127.0.0.1:4580']
    const {content} = await runExport(
      {as: 'collector-api', bus: 'usage', server: servers},
      {
        stdin: process.stdin,
        connect: () => Promise.reject(new Error('no client is needed')),
      },
    )
    const document = content as CollectorDocument
    const {post} = document.paths['/events']
    const check = checkOf((await run({schema: 'usage-event', as: 'jsonschema'})).content as object)
    const {one, batch} = post.requestBody.content['application/json'].examples

    expect(await openApiFaults(document)).toEqual([])
    expect(document.servers).toEqual(servers.map((url) => ({url})))
    expect(document.security).toEqual([{apiKey: []}])
    expect(Object.keys(post.responses)).toEqual(['202', '400', '401', '413', '429', '503'])
    expect([one.value, ...batch.value].map(check)).toEqual([true, true, true])
  })
})

interface CollectorDocument {
  servers: object[]
  security: object[]
  paths: {
    '/events': {
      post: {
        responses: object
        requestBody: {
          content: {'application/json': {examples: {one: {value: unknown}; batch: {value: unknown[]}}}}
        }
      }
    }
  }
}
