import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, serve, type Serving} from '../_helpers/tool'

let serving: Serving
const env = () => ({AWS_ENDPOINT_URL: serving.url, AWS_REGION: 'eu-west-1'})
const tool = (words: string[], input = '') => runTool(words, {input, env: env()})
const schemas = (words: string[], input = '') => tool(['schemas', ...words], input)
const parsed = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>
const order = (more: object) =>
  JSON.stringify({
    ...{
      version: '0',
      id: 'e',
      account: '1',
      region: 'eu-west-1',
      time: '2026-01-01T00:00:00Z',
      resources: [],
    },
    ...{source: 'shop', 'detail-type': 'Order Placed', detail: {id: 'a-1', ...more}},
  })
const name = 'shop@OrderPlaced'

beforeAll(async () => {
  serving = await serve()
  for (const more of [{total: 3}, {total: 3, note: 'x'}, {total: 'three', note: 'x'}])
    schemas(['discover', '-', '--registry', 'contracts', '--yes', '--quiet'], order(more))
  tool(['bind-target', '--yes', '--quiet'])
  tool(['events', 'send', '--count', '300', '--seed', '5', '--quiet'])
  tool(['local', 'flush'])
})
afterAll(() => serving.end())

describe('schemas show', () => {
  it('shows the fields of the latest version, and which versions there are', () => {
    const {status, stdout} = schemas(['show', name, '--detail-only'])
    expect(status).toBe(0)
    expect(stdout).toBe(
      [
        `${name}:3 (registry contracts): OrderPlaced`,
        'Type: OpenApi3',
        'Versions: 1, 2, 3',
        'Events of source shop, detail type Order Placed',
        '',
        'Field  Type    Required',
        '-----  ------  --------',
        'id     string  yes',
        'note   string  yes',
        'total  string  yes',
        '',
      ].join('\n'),
    )
  })

  it('answers with fields under --json, of a version too', () => {
    const answer = parsed(
      schemas(['show', `${name}:1`, '--registry', 'contracts', '--json', '--detail-only']).stdout,
    )
    expect(answer).toEqual({
      ...{name, version: '1', registry: 'contracts', type: 'OpenApi3', versions: ['1', '2', '3']},
      ...{title: 'OrderPlaced', source: 'shop', detailType: 'Order Placed'},
      fields: [
        {path: 'id', type: 'string', required: true},
        {path: 'total', type: 'integer', required: true},
      ],
    })
  })

  it('needs no endpoint for the contract', () => {
    const {status, stdout} = runTool(['schemas', 'show', 'usage-event', '--format', 'csv'])
    expect(status).toBe(0)
    expect(stdout).toContain('\nservice.name,string,yes,at least 1 character,Name of the service.')
  })
})

describe('schemas export of a file', () => {
  it('writes any form of it, whatever it is written in, and calls nobody', () => {
    const file = join(temporaryFolder(), 'order.yaml')
    writeFileSync(file, 'type: object\nrequired: [id]\nproperties: {id: {type: string}}\n')
    const typescript = runTool(['schemas', 'export', file, '--as', 'typescript'])
    expect(typescript).toMatchObject({status: 0, stderr: ''})
    expect(typescript.stdout).toContain('export interface Order {\n  id: string;\n')
    const openapi = runTool(['schemas', 'export', file, '--as', 'openapi31']).stdout
    const again = runTool(['schemas', 'export', '-', '--as', 'typescript'], {input: openapi})
    expect(again.stdout).toContain('export interface Order {\n  id: string;\n')
  })
})

describe('schemas diff', () => {
  it('exits with 0 for what is safe, and with 9 for what breaks, in both forms', () => {
    const words = ['diff', `${name}:1`, `${name}:2`, '--for', 'consumers']
    expect([schemas(words).status, schemas([...words, '--json']).status]).toEqual([0, 0])
    const breaking = ['diff', name]
    const [plain, json] = [schemas(breaking), schemas([...breaking, '--json'])]
    expect([plain.status, json.status]).toEqual([9, 9])
    expect(plain.stdout).toContain(`${name}:2 (registry contracts) -> ${name}:3 (registry contracts)\n`)
    expect(parsed(json.stdout)).toMatchObject({
      compatible: false,
      breakingCount: 1,
      changes: [{path: 'detail.total', kind: 'type', consumers: 'breaking', producers: 'breaking'}],
    })
  })

  it('compares a committed file with the registry', () => {
    const file = join(temporaryFolder(), 'order.yaml')
    schemas(['export', `${name}:1`, '--output', file])
    expect(schemas(['diff', file, `${name}:1`])).toMatchObject({
      status: 0,
      stdout: `${file} -> ${name}:1 (registry contracts)\nNo changes.\n`,
    })
    expect(schemas(['diff', file, name]).status).toBe(9)
  })
})

describe('schemas validate', () => {
  it('checks the lake, object by object', () => {
    const {status, stdout, stderr} = schemas([
      'validate',
      'usage-event',
      's3://usage-000000000000-eu-west-1/',
    ])
    expect({status, stderr}).toEqual({status: 0, stderr: 'Read 1 object.\n'})
    expect(stdout).toBe('300 events against usage-event: 300 conform, 0 do not.\n')
  })

  it('names for each error how often it is there, the first lines and what stands there', () => {
    const lines = [
      order({total: 1}),
      order({total: true}),
      'broken',
      order({total: 2}),
      order({total: false, id: 5}),
    ]
    const events = lines.join('\n')
    const [plain, json] = [[], ['--json']].map((more) =>
      schemas(['validate', `${name}:1`, '-', ...more], events),
    )
    expect([plain?.status, json?.status]).toEqual([9, 9])
    expect(parsed(json?.stdout ?? '')).toEqual({
      schema: {name, version: '1', registry: 'contracts'},
      valid: false,
      ...{readCount: 5, validCount: 2, invalidCount: 3, otherCount: 0},
      errors: [
        {
          ...{path: 'detail.total', rule: 'type', message: 'must be integer', count: 2},
          examples: [
            {position: 'line 2', value: 'true'},
            {position: 'line 5', value: 'false'},
          ],
        },
        {
          path: '$',
          rule: 'json',
          message: 'is not JSON',
          count: 1,
          examples: [{position: 'line 3', value: 'broken'}],
        },
        {
          path: 'detail.id',
          rule: 'type',
          message: 'must be string',
          count: 1,
          examples: [{position: 'line 5', value: '5'}],
        },
      ],
    })
    expect(plain?.stdout).toMatch(/\n {5}2 {2}detail\.total {2}must be integer {2}true {4}line 2; line 5\n/)
  })

  it('takes details, whole events and entries, and leaves events of other kinds out', () => {
    const entry = {Source: 'shop', DetailType: 'Order Placed', Detail: '{"id":"a","total":1}'}
    const events = [
      ...['{"id":"a","total":1}', order({total: 2}), JSON.stringify(entry)],
      ...[JSON.stringify({...entry, Detail: '{'}), JSON.stringify({...entry, Source: 'else'})],
    ]
    const {status, stdout} = schemas(['validate', `${name}:1`, '-', '--json'], events.join('\n'))
    expect([status, parsed(stdout)]).toMatchObject([
      9,
      {
        readCount: 5,
        validCount: 3,
        invalidCount: 1,
        otherCount: 1,
        errors: [{message: 'Detail holds no JSON'}],
      },
    ])
    const others = schemas(['validate', `${name}:1`, '-'], events[4])
    expect([others.status, others.stdout]).toEqual([
      9,
      `1 event against ${name}:1 (registry contracts): 0 conform, 0 do not, 1 are of another source or detail type.\n`,
    ])
  })

  it('obeys no control character of an event', () => {
    const file = join(temporaryFolder(), 'text.json')
    writeFileSync(file, '{"type":"object","additionalProperties":false}')
    const {stdout} = schemas(['validate', file, '-'], '{"\\u001b[31mx":"\\u001b]0;y\\u0007"}')
    expect(stdout).not.toContain('\u001b')
  })

  it.each([
    ['no events', ['usage-event', '-'], '', 2, 'NO_EVENTS'],
    ['a file that is not there', ['usage-event', 'nope.ndjson'], '', 2, 'INPUT_NOT_READABLE'],
    ['standard input twice', ['-'], '', 2, 'STDIN_TWICE'],
    ['an unknown schema', ['nope', '-'], '{}', 3, 'SCHEMA_NOT_FOUND'],
    ['an unknown version', [`${name}:9`, '-'], '{}', 3, 'SCHEMA_VERSION_NOT_FOUND'],
    ['a schema that is none', ['nope.json', '-'], '{}', 2, 'INPUT_NOT_READABLE'],
  ])('refuses %s', (_what, words, input, exit, code) => {
    const {status, stdout} = schemas(['validate', ...words, '--json'], input)
    expect([status, parsed(stdout)]).toMatchObject([exit, {error: {code}}])
  })
})
