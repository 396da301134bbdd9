import {mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {CreateRegistryCommand, CreateSchemaCommand, SchemasClient} from '@aws-sdk/client-schemas'
import {parse} from 'yaml'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, serve, type Serving} from '../_helpers/tool'

const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-west-1'}
const order = {type: 'object', required: ['id'], properties: {id: {type: 'string'}}}
const hostile = {properties: {a: {$ref: 'http://example.com/a.json'}}}

describe('schemas export', () => {
  let serving: Serving
  const folder = temporaryFolder()
  const run = (...words: string[]) =>
    runTool(['schemas', 'export', ...words], {env: {...keys, AWS_ENDPOINT_URL: serving.url}})

  beforeAll(async () => {
    serving = await serve()
    const client = new SchemasClient({
      endpoint: serving.url,
      region: 'eu-west-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    })
    await client.send(new CreateRegistryCommand({RegistryName: 'own'}))
    for (const [SchemaName, content] of Object.entries({order, hostile})) {
      const Content = JSON.stringify(content)
      await client.send(
        new CreateSchemaCommand({RegistryName: 'own', SchemaName, Content, Type: 'JSONSchemaDraft4'}),
      )
    }
    client.destroy()
  })

  afterAll(() => serving.end())

  it('prints types as they are, and as a member under --json', () => {
    const plain = run('order', '--as', 'typescript', '--quiet')
    const json = run('order', '--as', 'typescript', '--json')

    expect(plain).toMatchObject({status: 0, stderr: ''})
    expect(plain.stdout).toContain('export interface Order {\n  id: string;\n}\n')
    expect(JSON.parse(json.stdout)).toEqual({typescript: plain.stdout})
  })

  it('writes all of a registry but what fails, names that, and exits with 6', () => {
    const into = join(folder, 'all')
    const first = run('--all', '--registry', 'own', '--output', into)
    const second = run('--all', '--registry', 'own', '--output', into, '--json')

    expect(first).toMatchObject({status: 6, stdout: ''})
    expect(first.stderr).toContain(
      'Warning: hostile was not exported: The schema refers to "http://example.com/a.json"',
    )
    expect(first.stderr).toContain(`1 schema is in ${into}; 1 failed.`)
    expect(second.status).toBe(6)
    expect(JSON.parse(second.stdout)).toEqual({
      exported: [{schema: 'order', registry: 'own', file: join(into, 'order.openapi3.json'), changed: false}],
      failed: [
        {
          schema: 'hostile',
          registry: 'own',
          code: 'SCHEMA_EXTERNAL_REFERENCE',
          message: expect.any(String) as string,
        },
      ],
    })
    expect(readdirSync(into)).toEqual(['order.openapi3.json'])
  })

  it('writes one YAML document of all', () => {
    mkdirSync(join(folder, 'one'))
    const file = join(folder, 'one', 'events.yaml')
    const {status} = run(
      '--all',
      '--bundle',
      '--registry',
      'own',
      '--as',
      'asyncapi',
      '--bus',
      'b',
      '--output',
      file,
    )

    expect(status).toBe(6)
    expect(parse(readFileSync(file, 'utf8'))).toMatchObject({
      asyncapi: '3.0.0',
      channels: {bus: {address: 'b'}},
      components: {schemas: {Order: order}},
    })
  })

  it('needs neither registry nor region for what is built in', () => {
    const words = ['schemas', 'export', '--as', 'collector-api', '--server', 'https://usage.example.com']
    const {status, stdout, stderr} = runTool(words, {env: {}})

    expect({status, stderr}).toEqual({status: 0, stderr: ''})
    expect(JSON.parse(stdout)).toMatchObject({
      servers: [{url: 'https://usage.example.com'}],
      paths: {'/events': {}},
    })
  })

  it('refuses what does not go together before it connects', () => {
    const {status, stderr} = runTool(['schemas', 'export', 'order', '--bundle'], {env: {}})

    expect(status).toBe(2)
    expect(stderr).toBe('Error: --bundle puts all schemas into one document.\nTry: Add --all.\n')
  })
})
