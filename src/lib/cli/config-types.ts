import type {RecordFormat} from '../road/record-format'

/** What the configuration says of Athena's price. */
export interface ConfigAthena {
  /** Of a terabyte that is scanned, a decimal number as text. */
  pricePerTb?: string
  /** `USD` where nothing is said; `CNY` in China. */
  currency?: string
}

/** Names that can stand at the top of the configuration file and in an environment. The environment's wins. */
export interface ConfigNames {
  bus?: string
  rule?: string
  stream?: string
  /** Form of the stream's raw objects. */
  recordFormat?: RecordFormat
  bucket?: string
  database?: string
  workgroup?: string
  /** Who compacts: `lake compact`. */
  engine?: 'athena' | 'glue'
  /** The workflow of Glue, or the job, that compacts with the engine glue. */
  workflow?: string
  job?: string
  source?: string
  detailType?: string
  region?: string
  profile?: string
  endpointUrl?: string
  local?: boolean
  dataDir?: string
  /** The only account that commands may work on. */
  account?: string
  tags?: Record<string, string>
  /** Path of the price plan; read from the folder of the configuration file where it is relative. */
  pricePlan?: string
  athena?: ConfigAthena
}

/** One rule and its target, for `bind-target NAME` and `bind-target --all`. */
export interface ConfigBinding {
  name: string
  bus?: string
  rule?: string
  /** Event pattern of the rule: an object, or JSON text. */
  pattern?: string | Record<string, unknown>
  firehose?: string
  target?: string
  recordFormat?: RecordFormat
  bucket?: string
  database?: string
  workgroup?: string
  dlq?: string
  /** The rest is as the flags of `bind-target`. */
  description?: string
  retryAttempts?: number
  maxEventAgeSeconds?: number
  inputPath?: string
  inputTemplate?: string
  inputMap?: Record<string, string>
  roleArn?: string
  permissionsBoundary?: string
  tags?: Record<string, string>
  archiveDays?: number
  allowAccounts?: string[]
  allowOrgs?: string[]
}

/** A feature of the catalogue, by its name: what `report features` compares usage with. */
export interface ConfigFeature {
  /** Other names that events give it. */
  aliases?: string[]
  /** It is not to be used any more. */
  retired?: boolean
  description?: string
}

/** The content of `usage-tracker.yaml`. */
export interface ConfigContent extends ConfigNames {
  bindings?: ConfigBinding[]
  features?: Record<string, ConfigFeature | null>
  environments?: Record<string, ConfigNames>
}

/** A configuration file that has been read, with the chosen environment laid over it. */
export interface ConfigFile {
  /** Absolute path; undefined where there is no file. */
  path: string | undefined
  /** The chosen environment's name. */
  environment: string | undefined
  /** Top-level values with those of the chosen environment over them. */
  names: ConfigNames
  bindings: readonly ConfigBinding[]
  /** The catalogue of features; undefined where the file has none. */
  features?: Readonly<Record<string, ConfigFeature | null>> | undefined
}
