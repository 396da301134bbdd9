import {readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {temporaryFolder} from '../_helpers/endpoint'
import {runTool, serve, type Serving} from '../_helpers/tool'
import {usageEvent} from '../lib/schema-model/usage-like-event'

const event = JSON.stringify(usageEvent())
const entry = '{"Source":"shop","DetailType":"Order Placed","Detail":"{\\"id\\":1}"}'
const discover = (words: string[], input = '', env: Record<string, string> = {}) =>
  runTool(['schemas', 'discover', ...words], {input, env})
const parsed = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>

describe('schemas discover of events', () => {
  it('prints one document and says on stderr what was read', () => {
    const {status, stdout, stderr} = discover([], `${event}\n${event}\n`)

    expect(status).toBe(0)
    expect(parsed(stdout)).toMatchObject({openapi: '3.0.0', info: {title: 'ApiUsageEvent'}})
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(stderr).toBe('Read 2 events: my-applications@ApiUsageEvent 2.\n')
  })

  it('writes the same bytes for the same events', () => {
    expect(discover([], event).stdout).toBe(discover(['-', '--quiet'], `[${event},${event}]`).stdout)
  })

  it('writes any form of a schema that needs nothing else', () => {
    expect(parsed(discover(['--as', 'jsonschema'], event).stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      'x-amazon-events-source': 'my-applications',
    })
    expect(discover(['--as', 'typescript'], event).stdout).toContain('export interface AWSEvent {')
    expect(discover(['--as', 'collector-api'], event)).toMatchObject({status: 2, stdout: ''})
  })

  it('answers with counts and documents under --json, and exits with 6 for lines that cannot be read', () => {
    const {status, stdout, stderr} = discover(['-', '--json'], `${event}\nbroken\n${entry}\n{"a":1}\n`)

    expect(status).toBe(6)
    expect(parsed(stdout)).toEqual({
      readCount: 4,
      unreadableCount: 1,
      schemas: [
        {name: 'Event', eventCount: 1, document: expect.any(Object) as object},
        {
          name: 'my-applications@ApiUsageEvent',
          source: 'my-applications',
          detailType: 'api-usage-event',
          eventCount: 1,
          document: expect.any(Object) as object,
        },
        {
          name: 'shop@OrderPlaced',
          source: 'shop',
          detailType: 'Order Placed',
          eventCount: 1,
          document: expect.any(Object) as object,
        },
      ],
    })
    expect(stderr).toContain('NOT_JSON: 1 event, first line 2: ')
  })

  it('writes a file for each kind, in the form and under the name that are asked for', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'events.gz'), gzipSync(`${entry}{"a":1}`))
    const words = [
      join(folder, 'events.gz'),
      '--as',
      'jsonschema4',
      '--name',
      'plain',
      '--output',
      join(folder, 'out'),
    ]

    const {status, stdout} = discover([...words, '--json'])

    expect(status).toBe(0)
    expect(parsed(stdout)['schemas']).toMatchObject([
      {name: 'plain', file: join(folder, 'out', 'plain.jsonschema4.json')},
      {name: 'shop@OrderPlaced'},
    ])
    expect(readdirSync(join(folder, 'out'))).toEqual([
      ...['plain.jsonschema4.json', 'shop@OrderPlaced.jsonschema4.json'],
    ])
    expect(parsed(readFileSync(join(folder, 'out', 'plain.jsonschema4.json'), 'utf8'))).toMatchObject({
      title: 'plain',
      required: ['a'],
    })
  })

  it('writes nothing outside the folder, whatever the events are called', () => {
    const folder = temporaryFolder()
    const hostile = JSON.stringify({...usageEvent(), source: '../../up', 'detail-type': '/etc/passwd'})

    discover(['-', '--output', `${join(folder, 'out')}/`], hostile)

    expect(readdirSync(folder, {recursive: true})).toEqual(['out', 'out/__-..-up@EtcPasswd.openapi3.json'])
  })

  it.each([
    ['nothing to read', ['-'], '', 2, 'NO_EVENTS'],
    ['no event at all', ['-'], 'broken\n', 2, 'NO_EVENTS'],
    ['a file that is not there', ['nope.ndjson'], '', 2, 'INPUT_NOT_READABLE'],
    ['no bucket', ['s3://'], '', 2, 'BAD_S3_ADDRESS'],
    ['events and a discoverer', ['-', '--start'], '', 2, 'DISCOVER_CHOICE'],
    ['two wishes', ['--stop', '--status'], '', 2, 'DISCOVER_CHOICE'],
    ['a registry and a file', ['-', '--registry', 'r', '--output', 'o'], '', 2, 'DISCOVER_CHOICE'],
    [
      'a registry and another form',
      ['-', '--registry', 'r', '--as', 'jsonschema4'],
      '',
      2,
      'DISCOVER_CHOICE',
    ],
    ['a name that none can have', ['-', '--name', 'a/b'], '', 2, 'BAD_NAME'],
    ['a form that is none', ['-', '--as', 'yaml'], '{}', 2, 'NO_SUCH_FORM'],
  ])('refuses %s', (_what, words, input, exit, code) => {
    const {status, stdout} = discover([...words, '--json'], input)

    expect([status, parsed(stdout)]).toMatchObject([exit, {error: {code}}])
  })
})

describe('schemas discover at an endpoint', () => {
  let serving: Serving
  const env = () => ({AWS_ENDPOINT_URL: serving.url, AWS_REGION: 'eu-west-1'})
  const at = (...words: string[]) => discover(words, event, env())

  beforeAll(async () => {
    serving = await serve()
    runTool(['bind-target', '--yes', '--quiet'], {env: env()})
  })
  afterAll(() => serving.end())

  it('starts, stops and shows the discoverer of the bus', () => {
    expect(parsed(at('--start', '--yes', '--json').stdout)).toEqual({
      changed: false,
      changes: [{action: 'keep', resource: 'discoverer', name: 'usage', note: 'it is started'}],
    })
    const stopped = at('--stop', '--dry-run')
    expect(stopped.stdout).toContain('~ update discoverer  usage (State): it stops; what it found stays\n')
    expect(at('--stop', '--json')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('CONFIRMATION_NEEDED') as string,
    })
    expect(at('--stop', '--yes').stdout).toContain('1 updated')
    // Whether something was found yet depends on what ran before.
    expect(at('--status').stdout).toMatch(
      /^The schema discoverer of bus usage is stopped: usage-tracker schemas discover --start --bus usage\nRegistry discovered-schemas: [01] schemas?[.:]\n/,
    )
    expect(parsed(at('--start', '--yes', '--json').stdout)).toMatchObject({changed: true})
    expect(parsed(at('--status', '--json').stdout)).toEqual({
      bus: 'usage',
      state: 'started',
      discovererId: 'events-event-bus-usage',
      registry: 'discovered-schemas',
      schemas: expect.any(Array) as unknown,
    })
  })

  it('finds in the lake what the discoverer found on the bus', () => {
    runTool(['events', 'send', '--count', '1000', '--seed', '5'], {env: env()})
    runTool(['local', 'flush'], {env: env()})

    const found = at('s3://usage-000000000000-eu-west-1/')

    expect(found).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Read 1000 events from 1 object: ') as string,
    })
    expect(runTool(['schemas', 'export', 'my-applications@ApiUsageEvent'], {env: env()}).stdout).toBe(
      found.stdout,
    )
  })

  it('puts schemas into a registry once', () => {
    const first = at('-', '--registry', 'contracts', '--yes', '--json')
    const second = at('-', '--registry', 'contracts', '--yes', '--json')

    expect(parsed(first.stdout)).toMatchObject({
      readCount: 1,
      changed: true,
      changes: [
        {action: 'create', resource: 'registry', name: 'contracts'},
        {action: 'create', resource: 'schema', name: 'my-applications@ApiUsageEvent'},
      ],
    })
    expect(parsed(second.stdout)).toMatchObject({changed: false})
    expect(at('-', '--registry', 'contracts').stdout).toMatch(/\nNothing to change\.\n$/)
  })
})
