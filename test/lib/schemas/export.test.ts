import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  SchemasClient,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas'
import type {OpError} from '../../../src/lib/core/errors'
import {stringifyExact} from '../../../src/lib/core/json'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import type {ExportRequest} from '../../../src/lib/schemas/check-request'
import {listSchemas} from '../../../src/lib/schemas/list-schemas'
import {RegistryClient} from '../../../src/lib/schemas/registry-client'
import {runExport} from '../../../src/lib/schemas/run-export'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {usageEvent} from '../schema-model/usage-like-event'
import {validatorOfDraft4, validatorOfOpenApi} from '../schema-model/validator'

let endpoint: TestEndpoint
let client: SchemasClient
let folder: string

const kind = {source: 'my-applications', detailType: 'api-usage-event'}
const discovered = toOpenApi({...kind, shape: inferShape([usageEvent()])})
const plan = {type: 'object', properties: {plan: {type: ['string', 'null']}, limit: {maximum: 5}}}

beforeAll(async () => {
  endpoint = await testEndpoint()
  client = new SchemasClient(endpoint.client)
  for (const RegistryName of ['discovered-schemas', 'own', 'theirs']) {
    await client.send(new CreateRegistryCommand({RegistryName}))
  }
  await put('discovered-schemas', 'my-applications@ApiUsageEvent', discovered)
  await put('discovered-schemas', 'my-applications@Other', {
    ...discovered,
    info: {version: '1', title: 'Other'},
  })
  await put('own', 'plan', plan, 'JSONSchemaDraft4')
  await put('own', 'shared', plan, 'JSONSchemaDraft4')
  await put('theirs', 'shared', plan, 'JSONSchemaDraft4')
  await put('theirs', 'broken', {properties: {a: {$ref: 'http://example.com/a'}}}, 'JSONSchemaDraft4')
  await client.send(
    new UpdateSchemaCommand({
      RegistryName: 'own',
      SchemaName: 'plan',
      Content: '{"title":"Price plan","maximum":9223372036854775807}',
    }),
  )
})

afterAll(async () => {
  client.destroy()
  await discard(endpoint)
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'))
})

afterEach(() => rmSync(folder, {recursive: true, force: true}))

async function put(
  RegistryName: string,
  SchemaName: string,
  content: object,
  type = 'OpenApi3',
): Promise<void> {
  const Content = JSON.stringify(content)
  await client.send(new CreateSchemaCommand({RegistryName, SchemaName, Content, Type: type as 'OpenApi3'}))
}

function run(request: Partial<ExportRequest>) {
  return runExport(
    {as: 'openapi3', bus: 'usage', ...request},
    {stdin: process.stdin, connect: async () => client},
  )
}

function refusal(code: string, kindOfError: string, hint?: string) {
  return expect.objectContaining<Partial<OpError>>({
    code,
    kind: kindOfError as 'usage',
    ...(hint ? {hint} : {}),
  })
}

describe('one schema', () => {
  it('is the stored OpenAPI document, keys as stored', async () => {
    const {content} = await run({schema: 'my-applications@ApiUsageEvent'})

    expect(JSON.stringify(content)).toBe(JSON.stringify(discovered))
  })

  it('is a Draft 4 document that its events keep', async () => {
    const {content} = await run({schema: 'my-applications@ApiUsageEvent:1', as: 'jsonschema4'})
    const check = validatorOfDraft4(content as object)

    expect(check(usageEvent())).toBe(true)
    expect(check(usageEvent({customer: 'c-1'}))).toBe(false)
  })

  it('is found in whichever registry holds it, and converted', async () => {
    const {content, warnings} = await run({schema: 'plan:1'})

    expect(warnings).toEqual([])
    expect(content).toEqual({
      openapi: '3.0.3',
      info: {version: '1.0.0', title: 'plan'},
      paths: {},
      components: {
        schemas: {
          Plan: {
            type: 'object',
            properties: {plan: {type: 'string', nullable: true}, limit: {maximum: 5}},
          },
        },
      },
    })
  })

  it('keeps the digits of integers beyond 2^53', async () => {
    const {content} = await run({schema: 'plan', as: 'jsonschema4'})

    expect(stringifyExact(content)).toBe('{"title":"Price plan","maximum":9223372036854775807}')
  })

  it('goes to a file, or into a folder under its own name', async () => {
    const one = await run({schema: 'plan:1', output: join(folder, 'deep', 'plan.json')})
    const two = await run({schema: 'my-applications@ApiUsageEvent', output: folder})

    expect(one.content).toBeUndefined()
    expect(one.written.exported).toEqual([
      {schema: 'plan', registry: 'own', file: join(folder, 'deep', 'plan.json'), changed: true},
    ])
    expect(two.written.exported[0]?.file).toBe(join(folder, 'my-applications@ApiUsageEvent.openapi3.json'))
    expect(readFileSync(join(folder, 'my-applications@ApiUsageEvent.openapi3.json'), 'utf8')).toBe(
      `${JSON.stringify(discovered, undefined, 2)}\n`,
    )
    expect(readdirSync(join(folder, 'deep'))).toEqual(['plan.json'])
  })

  it('says where the file cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '')

    await expect(run({schema: 'plan', output: join(folder, 'file', 'x.json')})).rejects.toEqual(
      refusal('CANNOT_WRITE_FILE', 'usage'),
    )
  })

  it('must be named by its registry where several hold one of that name', async () => {
    const error = run({schema: 'shared'})

    await expect(error).rejects.toEqual(refusal('AMBIGUOUS_SCHEMA', 'usage'))
    await expect(error).rejects.toThrow('own, theirs')
    expect((await run({schema: 'shared', registry: 'theirs'})).content).toBeDefined()
  })

  it('is missed with the names that are near', async () => {
    const hint = 'Near names: my-applications@ApiUsageEvent. "usage-tracker schemas list" shows all.'

    await expect(run({schema: 'my-application@ApiUsageEvents'})).rejects.toEqual(
      refusal('SCHEMA_NOT_FOUND', 'absent', hint),
    )
  })

  it.each([
    ['a version that is not there', {schema: 'plan:9'}, 'SCHEMA_VERSION_NOT_FOUND', 'absent'],
    ['a registry that is not there', {schema: 'plan', registry: 'no'}, 'NOT_FOUND', 'absent'],
    ['a name that is none', {schema: '../etc/passwd', registry: 'own'}, 'BAD_SCHEMA_REFERENCE', 'usage'],
    ['a form that nobody knows', {schema: 'plan', as: 'xml'}, 'NO_SUCH_FORM', 'usage'],
    ['no schema', {}, 'SCHEMA_NOT_NAMED', 'usage'],
    ['a schema and --all', {schema: 'plan', all: true, output: 'x'}, 'SCHEMA_AND_ALL', 'usage'],
    ['--all without a folder', {all: true}, 'OUTPUT_NOT_NAMED', 'usage'],
    ['--bundle of one schema', {schema: 'plan', bundle: true}, 'EXPORT_FLAGS_CLASH', 'usage'],
    ['a collector of other things', {schema: 'plan', as: 'collector-api'}, 'EXPORT_FLAGS_CLASH', 'usage'],
    ['an address that is none', {as: 'collector-api', server: ['file:///x']}, 'BAD_SERVER', 'usage'],
    ['a server of another form', {schema: 'plan', server: ['https://x']}, 'EXPORT_FLAGS_CLASH', 'usage'],
    ['the detail of what is no event', {schema: 'plan', 'detail-only': true}, 'NO_EVENT_DETAIL', 'usage'],
    ['a schema that refers elsewhere', {schema: 'broken'}, 'SCHEMA_EXTERNAL_REFERENCE', 'usage'],
  ])('refuses %s', async (_what, request: Partial<ExportRequest>, code, kindOfError) => {
    await expect(run(request)).rejects.toEqual(refusal(code, kindOfError))
  })
})

describe('the built-in schema', () => {
  const noCall = () => Promise.reject(new Error('no client is needed'))

  it('is exported without any call', async () => {
    const {content} = await runExport(
      {schema: 'usage-event', as: 'openapi3', bus: 'usage'},
      {stdin: process.stdin, connect: noCall},
    )

    expect(content).toMatchObject({openapi: '3.0.3', info: {title: 'UsageEvent'}, paths: {}})
    expect(JSON.stringify(content)).not.toContain('"x-')
  })

  it.each(['openapi3', 'jsonschema4'])('checks the detail of usage events as %s', async (as) => {
    const {content} = await runExport(
      {schema: 'usage-event', as, bus: 'usage'},
      {stdin: process.stdin, connect: noCall},
    )
    const document = content as object
    const check = as === 'openapi3' ? validatorOfOpenApi(document) : validatorOfDraft4(document)

    expect(check(usageEvent().detail)).toBe(true)
    expect(check(usageEvent({durationMs: 'long'}).detail)).toBe(false)
    expect(check(usageEvent({eventId: undefined}).detail)).toBe(false)
  })
})

describe('all schemas of a registry', () => {
  it('go into a folder, one file each', async () => {
    const outcome = await run({all: true, output: join(folder, 'new')})

    expect(readdirSync(join(folder, 'new'))).toEqual([
      'my-applications@ApiUsageEvent.openapi3.json',
      'my-applications@Other.openapi3.json',
    ])
    expect(outcome.written.failed).toEqual([])
    expect(outcome.written.exported.map((file) => file.schema)).toEqual([
      'my-applications@ApiUsageEvent',
      'my-applications@Other',
    ])
  })

  it('are all written but the one that fails, which is named', async () => {
    const outcome = await run({all: true, registry: 'theirs', output: folder})

    expect(readdirSync(folder)).toEqual(['shared.openapi3.json'])
    expect(outcome.written.failed).toMatchObject([
      {schema: 'broken', registry: 'theirs', code: 'SCHEMA_EXTERNAL_REFERENCE'},
    ])
    expect(outcome.warnings[0]).toContain('broken was not exported: ')
  })

  it('need a folder, not a file', async () => {
    writeFileSync(join(folder, 'file'), 'kept')

    await expect(run({all: true, output: join(folder, 'file')})).rejects.toEqual(
      refusal('OUTPUT_NOT_A_FOLDER', 'usage'),
    )
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept')
  })
})

describe('listSchemas', () => {
  it('lists all registries by registry and name', async () => {
    const rows = await listSchemas(new RegistryClient(client))

    expect(rows.map(({registry, name, versionCount, type}) => [registry, name, versionCount, type])).toEqual([
      ['discovered-schemas', 'my-applications@ApiUsageEvent', 1, 'OpenApi3'],
      ['discovered-schemas', 'my-applications@Other', 1, 'OpenApi3'],
      ['own', 'plan', 2, 'JSONSchemaDraft4'],
      ['own', 'shared', 1, 'JSONSchemaDraft4'],
      ['theirs', 'broken', 1, 'JSONSchemaDraft4'],
      ['theirs', 'shared', 1, 'JSONSchemaDraft4'],
    ])
    expect(rows[0]?.lastModified).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  it('reads a registry to its last page', async () => {
    const elsewhere = new SchemasClient({...endpoint.client, region: 'us-east-1'})
    await elsewhere.send(new CreateRegistryCommand({RegistryName: 'many'}))
    for (let i = 0; i < 105; i += 1) {
      const SchemaName = `s${String(i).padStart(3, '0')}`
      const schema = {
        RegistryName: 'many',
        SchemaName,
        Content: '{"type":"string"}',
        Type: 'JSONSchemaDraft4' as const,
      }
      await elsewhere.send(new CreateSchemaCommand(schema))
    }

    const rows = await listSchemas(new RegistryClient(elsewhere), 'many')

    expect(rows).toHaveLength(105)
    expect(rows.at(-1)?.name).toBe('s104')
    elsewhere.destroy()
  })

  it('says that a registry is not there', async () => {
    await expect(listSchemas(new RegistryClient(client), 'no')).rejects.toEqual(
      refusal('NOT_FOUND', 'absent'),
    )
  })
})
