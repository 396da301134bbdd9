import type {ConfigNames} from '../../../src/lib/cli/config-types'
import type {SessionFlags} from '../../../src/lib/cli/flags'
import {chooseDataDir, chooseWhere, isLoopback, roadSettings} from '../../../src/lib/cli/settings'
import type {Sources} from '../../../src/lib/cli/settings'

interface Given {
  flags?: SessionFlags
  env?: Record<string, string>
  file?: ConfigNames
  profiles?: Record<string, string>
}

function sources({flags = {}, env = {}, file = {}, profiles = {}}: Given): Sources {
  return {
    flags,
    given: new Set(Object.keys(flags)),
    env,
    config: {path: '/project/usage-tracker.yaml', environment: undefined, names: file, bindings: []},
    folder: '/project',
    defaultDataDir: '/home/me/data/local',
    regionOfProfile: (profile) => profiles[profile ?? 'default'],
  }
}

const levels: Given = {
  flags: {region: 'eu-west-1'},
  env: {USAGE_TRACKER_REGION: 'eu-west-2', AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-2'},
  file: {region: 'eu-west-3'},
  profiles: {default: 'ap-south-1'},
}
const awsOnly = {AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-2'}

describe('the region', () => {
  it.each<[string, Given, string]>([
    ['the flag', levels, 'eu-west-1'],
    ['USAGE_TRACKER_REGION without a flag', {...levels, flags: {}}, 'eu-west-2'],
    ['the file without those', {...levels, flags: {}, env: awsOnly}, 'eu-west-3'],
    ['AWS_REGION without those', {...levels, flags: {}, env: awsOnly, file: {}}, 'us-west-1'],
    [
      'AWS_DEFAULT_REGION without those',
      {profiles: {default: 'ap-south-1'}, env: {AWS_DEFAULT_REGION: 'us-west-2'}},
      'us-west-2',
    ],
    ["the profile's region without those", {profiles: {default: 'ap-south-1'}}, 'ap-south-1'],
    ['us-east-1 on the local endpoint without those', {flags: {local: true}}, 'us-east-1'],
    [
      'us-east-1 on a loopback address without those',
      {flags: {'endpoint-url': 'http://localhost:4577'}},
      'us-east-1',
    ],
    [
      'the flag over an empty variable',
      {flags: {region: 'eu-west-1'}, env: {USAGE_TRACKER_REGION: ''}},
      'eu-west-1',
    ],
    [
      'the file over an empty variable',
      {file: {region: 'eu-west-3'}, env: {USAGE_TRACKER_REGION: ''}},
      'eu-west-3',
    ],
  ])('is taken from %s', (_, given, region) => {
    expect(chooseWhere(sources(given)).region).toBe(region)
  })

  it('is asked of the profile that was chosen', () => {
    const given = {file: {profile: 'prod'}, profiles: {default: 'ap-south-1', prod: 'sa-east-1'}}
    expect(chooseWhere(sources(given))).toMatchObject({profile: 'prod', region: 'sa-east-1'})
  })

  it.each<[string, Given]>([
    ['AWS', {}],
    ['an address elsewhere', {flags: {'endpoint-url': 'https://aws.example.com'}}],
  ])('is missed on %s where nothing sets it', (_, given) => {
    expect(() => chooseWhere(sources(given))).toThrow(
      expect.objectContaining({kind: 'usage', code: 'NO_REGION'}),
    )
  })
})

describe('the place', () => {
  const url = (text: string) => ({kind: 'url', url: text})

  it.each<[string, Given, object]>([
    ['--local', {flags: {local: true}}, {kind: 'local', dataDir: '/home/me/data/local'}],
    ['--endpoint-url', {flags: {'endpoint-url': 'http://a/'}}, url('http://a')],
    [
      '--endpoint-url over USAGE_TRACKER_LOCAL',
      {flags: {'endpoint-url': 'http://a'}, env: {USAGE_TRACKER_LOCAL: '1'}},
      url('http://a'),
    ],
    [
      '--local over USAGE_TRACKER_ENDPOINT_URL',
      {flags: {local: true}, env: {USAGE_TRACKER_ENDPOINT_URL: 'http://b'}},
      {kind: 'local', dataDir: '/home/me/data/local'},
    ],
    [
      'the variable over the file',
      {env: {USAGE_TRACKER_ENDPOINT_URL: 'http://b'}, file: {endpointUrl: 'http://c'}},
      url('http://b'),
    ],
    [
      'the file over AWS_ENDPOINT_URL',
      {env: {AWS_ENDPOINT_URL: 'http://d'}, file: {endpointUrl: 'http://c'}},
      url('http://c'),
    ],
    ['AWS_ENDPOINT_URL', {env: {AWS_ENDPOINT_URL: 'http://d'}}, url('http://d')],
    [
      'local: false over AWS_ENDPOINT_URL',
      {env: {AWS_ENDPOINT_URL: 'http://d'}, file: {local: false}},
      {kind: 'aws'},
    ],
    ['nothing', {}, {kind: 'aws'}],
  ])('is set by %s', (_, given, place) => {
    expect(chooseWhere(sources({...given, flags: {region: 'eu-west-1', ...given.flags}})).place).toEqual(
      place,
    )
  })

  it('is refused where two flags contradict each other', () => {
    const given = {flags: {local: true, 'endpoint-url': 'http://a'}}
    expect(() => chooseWhere(sources(given))).toThrow(
      expect.objectContaining({
        code: 'CONFLICTING_ENDPOINTS',
        message: '--local and --endpoint-url say two different things.',
      }),
    )
  })

  it.each(['127.0.0.1:4577', 'ftp://a', ''])('is refused where the address is "%s"', (text) => {
    const given = {flags: {'endpoint-url': text}}
    expect(() => chooseWhere(sources(given))).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_ENDPOINT'}),
    )
  })
})

describe('the data folder', () => {
  it.each<[string, Given, string]>([
    [
      '--data-dir, from the current folder',
      {flags: {'data-dir': 'd'}, env: {USAGE_TRACKER_DATA_DIR: '/v'}},
      '/project/d',
    ],
    ['the variable', {env: {USAGE_TRACKER_DATA_DIR: '/v'}, file: {dataDir: '/f'}}, '/v'],
    ['the file', {file: {dataDir: '/f'}}, '/f'],
    ["the user's, where nothing is said", {}, '/home/me/data/local'],
  ])('is %s', (_, given, folder) => {
    expect(chooseDataDir(sources(given))).toBe(folder)
  })
})

describe('the pinned account', () => {
  it("is the file's, unless the variable says another", () => {
    const file = {account: '111122223333', region: 'eu-west-1'}
    expect(chooseWhere(sources({file})).pinnedAccount).toBe('111122223333')
    expect(chooseWhere(sources({file, env: {USAGE_TRACKER_ACCOUNT: '444455556666'}})).pinnedAccount).toBe(
      '444455556666',
    )
  })
})

describe('roadSettings', () => {
  it('has the default names where nothing is said', () => {
    expect(roadSettings(sources({}), '111122223333', 'eu-west-1')).toEqual({
      accountId: '111122223333',
      region: 'eu-west-1',
      bus: 'usage',
      rule: 'api-usage',
      stream: 'usage-events',
      bucket: 'usage-111122223333-eu-west-1',
      database: 'usage',
      workgroup: 'usage',
      source: 'my-applications',
      detailType: 'api-usage-event',
      pattern: '{"source":["my-applications"],"detail-type":["api-usage-event"]}',
      tags: {},
    })
  })

  it.each<
    [
      keyof ConfigNames,
      keyof SessionFlags,
      string,
      'bus' | 'rule' | 'stream' | 'bucket' | 'database' | 'workgroup' | 'source' | 'detailType',
    ]
  >([
    ['bus', 'bus', 'BUS', 'bus'],
    ['rule', 'rule', 'RULE', 'rule'],
    ['stream', 'stream', 'STREAM', 'stream'],
    ['stream', 'firehose', 'STREAM', 'stream'],
    ['bucket', 'bucket', 'BUCKET', 'bucket'],
    ['database', 'database', 'DATABASE', 'database'],
    ['workgroup', 'workgroup', 'WORKGROUP', 'workgroup'],
    ['source', 'source', 'SOURCE', 'source'],
    ['detailType', 'detail-type', 'DETAIL_TYPE', 'detailType'],
  ])('takes %s from --%s, then USAGE_TRACKER_%s, then the file', (key, flag, name, setting) => {
    const env = {[`USAGE_TRACKER_${name}`]: 'variable'}
    const file = {[key]: 'file'}
    const of = (given: Given) => roadSettings(sources(given), '1', 'r')[setting]

    expect(of({flags: {[flag]: 'flag'}, env, file})).toBe('flag')
    expect(of({env, file})).toBe('variable')
    expect(of({file})).toBe('file')
  })

  it('matches the events of the source and detail-type that were chosen', () => {
    const settings = roadSettings(sources({file: {source: 'orders', detailType: 'call'}}), '1', 'r')
    expect(settings.pattern).toBe('{"source":["orders"],"detail-type":["call"]}')
  })
})

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1:4577', true],
    ['http://127.8.9.1', true],
    ['http://localhost:1', true],
    ['http://[::1]:80', true],
    ['http://127.0.0.1.example.com', false],
    ['https://events.eu-west-1.amazonaws.com', false],
  ])('of %s is %s', (url, answer) => {
    expect(isLoopback(url)).toBe(answer)
  })
})

describe('the form of records', () => {
  const formOf = (given: Given) => roadSettings(sources(given), '111122223333', 'eu-west-1').recordFormat

  it("is left open where nothing is said, and is the variable's or the file's", () => {
    expect(formOf({})).toBeUndefined()
    expect(formOf({file: {recordFormat: 'parquet'}})).toBe('parquet')
    expect(formOf({file: {recordFormat: 'parquet'}, env: {USAGE_TRACKER_RECORD_FORMAT: 'json'}})).toBe('json')
  })

  it('is refused where the variable says another', () => {
    expect(() => formOf({env: {USAGE_TRACKER_RECORD_FORMAT: 'orc'}})).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_OPTION'}),
    )
  })
})
