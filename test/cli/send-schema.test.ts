import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, serve, type Serving} from '../_helpers/tool'

let serving: Serving
const folder = temporaryFolder()
const file = (name: string) => join(folder, name)
const tool = (words: string[], input = '') =>
  runTool(words, {input, cwd: folder, env: {AWS_ENDPOINT_URL: serving.url, AWS_REGION: 'eu-west-1'}})
const send = (words: string[], input = '') => tool(['events', 'send', ...words], input)
const parsed = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>
const order = {
  type: 'object',
  required: ['id', 'total'],
  properties: {id: {type: 'string', pattern: '^o-[0-9]{4}$'}, total: {type: 'number', minimum: 0}},
  additionalProperties: false,
}
const event = {
  ...{type: 'object', required: ['source', 'detail-type', 'detail']},
  'x-amazon-events-source': 'shop',
  'x-amazon-events-detail-type': 'Order Placed',
  properties: {source: {type: 'string'}, 'detail-type': {type: 'string'}, detail: order},
}

beforeAll(async () => {
  serving = await serve()
  tool(['bind-target', '--yes', '--quiet', '--pattern', '{"account":["000000000000"]}'])
  writeFileSync(file('order.json'), JSON.stringify(order))
  writeFileSync(file('event.json'), JSON.stringify(event))
})
afterAll(() => serving.end())

it('sends events made of a schema, by its own source and detail type, and they arrive as it says', () => {
  const {status, stdout} = send(['--count', '50', '--seed', '1', '--schema', 'event.json', '--json'])
  expect([status, parsed(stdout)]).toMatchObject([0, {readCount: 50, acceptedCount: 50, rejectedCount: 0}])
  tool(['local', 'flush'])
  const lake = 's3://usage-000000000000-eu-west-1/'
  const checked = tool(['schemas', 'validate', 'event.json', lake, '--json'])
  expect([checked.status, parsed(checked.stdout)]).toMatchObject([0, {validCount: 50, invalidCount: 0}])
})

it('marks usage events as tests only where they leave this machine', () => {
  const words = [
    '--count',
    '30',
    '--seed',
    '2',
    '--schema',
    'usage-event',
    '--source',
    'made',
    '--detail-type',
    'usage',
  ]
  expect(send(words).status).toBe(0)
  tool(['local', 'flush'])
  const bounds = {type: 'object', properties: {test: {enum: [false]}}}
  const made = {...event, 'x-amazon-events-source': 'made', 'x-amazon-events-detail-type': 'usage'}
  writeFileSync(
    file('made.json'),
    JSON.stringify({...made, properties: {...made.properties, detail: bounds}}),
  )
  const checked = tool(['schemas', 'validate', 'made.json', 's3://usage-000000000000-eu-west-1/', '--json'])
  expect(parsed(checked.stdout)).toMatchObject({validCount: 30, invalidCount: 0})
})

it('rejects what does not conform, says why, and keeps it for later', () => {
  const input = '{"id":"o-1234","total":1}\n{"id":"x","total":-1}\n{"id":"o-1","total":1}\n'
  const words = ['-', '--validate', '--schema', 'order.json', '--failures', 'failed.ndjson']
  const {status, stdout, stderr} = send([...words, '--json'], input)
  expect([status, parsed(stdout)]).toMatchObject([6, {readCount: 3, acceptedCount: 1, rejectedCount: 2}])
  expect(stderr).toContain(
    'BREAKS_CONTRACT: 2 events, first line 2: id must match pattern "^o-[0-9]{4}$"; total must be >= 0.',
  )
  const kept = readFileSync(file('failed.ndjson'), 'utf8')
  expect(kept.trimEnd().split('\n')).toHaveLength(2)
  expect(send(['failed.ndjson', '--json']).status).toBe(0)
})

it.each<[string, string[], string, number, string]>([
  ['a schema for nothing', ['order.ndjson', '--schema', 'order.json'], '', 2, 'BAD_USAGE'],
  ['standard input twice', ['-', '--validate', '--schema', '-'], '', 2, 'STDIN_TWICE'],
  ['an unknown schema', ['--count', '1', '--schema', 'nope'], '', 3, 'SCHEMA_NOT_FOUND'],
  ['a schema of texts', ['--count', '1', '--schema', '-'], '{"type":"string"}', 2, 'NO_EVENT_DETAIL'],
  ['a schema that allows nothing', ['--count', '1', '--schema', '-'], '{"not":{}}', 2, 'SCHEMA_NOT_SAMPLED'],
])('refuses %s', (_what, words, input, exit, code) => {
  const {status, stdout} = send([...words, '--json'], input)
  expect([status, parsed(stdout)]).toMatchObject([exit, {error: {code}}])
})
