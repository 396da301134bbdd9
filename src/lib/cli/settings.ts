import {resolve} from 'node:path'
import {OpError} from '../core/errors'
import {isRecordFormat} from '../road/record-format'
import type {RecordFormat} from '../road/record-format'
import type {RoadSettings} from '../road/settings'
import {defaultBucket, defaultNames, defaultPattern} from '../road/settings'
import type {ConfigFile, ConfigNames} from './config-types'
import type {SessionFlags} from './flags'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Sources {
  flags: SessionFlags
  /** Names of the flags that stand on the command line; the others may come from variables. */
  given: ReadonlySet<string>
  env: Environment
  config: ConfigFile
  /** Current folder, absolute: `--data-dir` is meant from it. */
  folder: string
  /** Data folder of the local endpoint when nothing is said. */
  defaultDataDir: string
  /** Looks a profile's region up in the AWS configuration files. Asked last. */
  regionOfProfile: (profile: string | undefined) => string | undefined
}

/** Where the services are: AWS itself, an address, or the local endpoint of `dataDir`. */
export type Place = {kind: 'aws'} | {kind: 'url'; url: string} | {kind: 'local'; dataDir: string}

export interface Choices {
  place: Place
  region: string
  profile: string | undefined
  /** The only account that may be worked on. */
  pinnedAccount: string | undefined
}

/** The variable's value; an empty one counts as not set. */
function variable(env: Environment, name: string): string | undefined {
  const value = env[name]
  return value === undefined || value === '' ? undefined : value
}

/** Flag > `USAGE_TRACKER_*` > file, for any text setting. */
function chosen(
  sources: Sources,
  flag: string | undefined,
  name: string,
  inFile: string | undefined,
): string | undefined {
  return flag ?? variable(sources.env, `USAGE_TRACKER_${name}`) ?? inFile
}

/**
 * Where to work and as whom: flag > `USAGE_TRACKER_*` > file (environment, then top) > `AWS_*` > default.
 * Throws CONFLICTING_ENDPOINTS, BAD_ENDPOINT, NO_REGION (usage).
 */
export function chooseWhere(sources: Sources): Choices {
  const profile = chooseProfile(sources)
  const place = choosePlace(sources)
  const region = chooseRegion(sources)
  if (region === undefined) {
    throw new OpError('usage', 'NO_REGION', 'No region is set.', {
      hint: 'Add --region eu-west-1, set AWS_REGION, or put "region:" into usage-tracker.yaml.',
    })
  }
  return {
    place,
    region,
    profile,
    pinnedAccount: chosen(sources, undefined, 'ACCOUNT', sources.config.names.account),
  }
}

function chooseProfile(sources: Sources): string | undefined {
  const {flags, env, config} = sources
  return chosen(sources, flags.profile, 'PROFILE', config.names.profile) ?? variable(env, 'AWS_PROFILE')
}

/** The region, or undefined where nobody says it. */
export function chooseRegion(sources: Sources): string | undefined {
  const {flags, env, config, regionOfProfile} = sources
  const place = choosePlace(sources)
  return (
    chosen(sources, flags.region, 'REGION', config.names.region) ??
    variable(env, 'AWS_REGION') ??
    variable(env, 'AWS_DEFAULT_REGION') ??
    regionOfProfile(chooseProfile(sources)) ??
    (place.kind === 'aws' ? undefined : regionOfLoopback(place))
  )
}

/** An endpoint on this machine needs no region of its own, so it gets the one that AWS's tools use for examples. */
function regionOfLoopback(place: Place): string | undefined {
  if (place.kind === 'local') return 'us-east-1'
  return place.kind === 'url' && isLoopback(place.url) ? 'us-east-1' : undefined
}

/** True for an address on this machine. */
export function isLoopback(url: string): boolean {
  const host = new URL(url).hostname
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

interface PlaceWish {
  local: boolean | undefined
  url: string | undefined
  words: string
}

function choosePlace(sources: Sources): Place {
  const {flags, given, env, config} = sources
  const wishes: PlaceWish[] = [
    {
      local: given.has('local') ? flags.local : undefined,
      url: given.has('endpoint-url') ? flags['endpoint-url'] : undefined,
      words: '--local and --endpoint-url',
    },
    {
      local: truth(variable(env, 'USAGE_TRACKER_LOCAL')),
      url: variable(env, 'USAGE_TRACKER_ENDPOINT_URL'),
      words: 'USAGE_TRACKER_LOCAL and USAGE_TRACKER_ENDPOINT_URL',
    },
    {
      local: config.names.local,
      url: config.names.endpointUrl,
      words: `"local" and "endpointUrl" of ${config.path ?? 'the configuration file'}`,
    },
    {local: undefined, url: variable(env, 'AWS_ENDPOINT_URL'), words: ''},
  ]
  for (const wish of wishes) {
    const place = placeOf(wish, sources)
    if (place) return place
  }
  return {kind: 'aws'}
}

function placeOf(wish: PlaceWish, sources: Sources): Place | undefined {
  if (wish.local === true && wish.url !== undefined) {
    throw new OpError('usage', 'CONFLICTING_ENDPOINTS', `${wish.words} say two different things.`, {
      hint: 'Keep one of them.',
    })
  }
  if (wish.local === true) return {kind: 'local', dataDir: chooseDataDir(sources)}
  if (wish.url !== undefined) return {kind: 'url', url: checkedUrl(wish.url)}
  // "local: false" says AWS, whatever stands below.
  return wish.local === false ? {kind: 'aws'} : undefined
}

/** The data folder of the local endpoint, absolute. */
export function chooseDataDir(
  sources: Pick<Sources, 'flags' | 'env' | 'config' | 'folder' | 'defaultDataDir'>,
): string {
  const {flags, env, config, folder, defaultDataDir} = sources
  const wish = flags['data-dir'] ?? variable(env, 'USAGE_TRACKER_DATA_DIR') ?? config.names.dataDir
  return resolve(folder, wish ?? defaultDataDir)
}

function truth(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : !/^(0|false|no|off)$/i.test(text)
}

/** The address without a slash at its end. Throws BAD_ENDPOINT (usage). */
export function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new OpError('usage', 'BAD_ENDPOINT', `"${text}" is not the address of an endpoint.`, {
      hint: 'An address looks like http://127.0.0.1:4577.',
    })
  }
  return text.replace(/\/+$/, '')
}

/** Which names of the road a flag, a variable or the file says; the others have their defaults. */
export function saidNames(sources: Sources): ReadonlySet<'bus' | 'rule' | 'stream' | 'bucket'> {
  const {flags, config} = sources
  const {bus, rule, stream, bucket} = config.names
  const said = {
    bus: chosen(sources, flags.bus, 'BUS', bus),
    rule: chosen(sources, flags.rule, 'RULE', rule),
    stream: chosen(sources, flags.firehose ?? flags.stream, 'STREAM', stream),
    bucket: chosen(sources, flags.bucket, 'BUCKET', bucket),
  }
  const names = ['bus', 'rule', 'stream', 'bucket'] as const
  return new Set(names.filter((name) => said[name] !== undefined))
}

/** The road's settings for an account and region: flag > `USAGE_TRACKER_*` > file > default. */
export function roadSettings(sources: Sources, accountId: string, region: string): RoadSettings {
  const {flags, config} = sources
  const file: ConfigNames = config.names
  const source = chosen(sources, flags.source, 'SOURCE', file.source) ?? defaultNames.source
  const detailType =
    chosen(sources, flags['detail-type'], 'DETAIL_TYPE', file.detailType) ?? defaultNames.detailType
  return {
    accountId,
    region,
    bus: chosen(sources, flags.bus, 'BUS', file.bus) ?? defaultNames.bus,
    rule: chosen(sources, flags.rule, 'RULE', file.rule) ?? defaultNames.rule,
    stream: chosen(sources, flags.firehose ?? flags.stream, 'STREAM', file.stream) ?? defaultNames.stream,
    recordFormat: recordFormatOf(chosen(sources, undefined, 'RECORD_FORMAT', file.recordFormat)),
    bucket: chosen(sources, flags.bucket, 'BUCKET', file.bucket) ?? defaultBucket(accountId, region),
    database: chosen(sources, flags.database, 'DATABASE', file.database) ?? defaultNames.database,
    workgroup: chosen(sources, flags.workgroup, 'WORKGROUP', file.workgroup) ?? defaultNames.workgroup,
    source,
    detailType,
    pattern: defaultPattern(source, detailType),
    tags: file.tags ?? {},
  }
}

/** The file's word is checked with the file, the variable's here. Throws BAD_OPTION (usage). */
function recordFormatOf(text: string | undefined): RecordFormat | undefined {
  if (text === undefined || isRecordFormat(text)) return text
  throw new OpError('usage', 'BAD_OPTION', `"${text}" is no form of records.`, {
    hint: 'USAGE_TRACKER_RECORD_FORMAT takes json or parquet.',
  })
}
