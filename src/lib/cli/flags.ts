import {Flags} from '@oclif/core'

const group = 'GLOBAL'

/** Flags that every command takes. Each has a `USAGE_TRACKER_*` variable that is used where the flag is not given. */
export const globalFlags = {
  profile: Flags.string({
    summary: 'profile of the AWS configuration files',
    env: 'USAGE_TRACKER_PROFILE',
    helpGroup: group,
    helpValue: 'NAME',
  }),
  region: Flags.string({
    summary: 'AWS region',
    env: 'USAGE_TRACKER_REGION',
    helpGroup: group,
    helpValue: 'NAME',
  }),
  'endpoint-url': Flags.string({
    summary: 'address of an AWS-compatible endpoint',
    env: 'USAGE_TRACKER_ENDPOINT_URL',
    helpGroup: group,
    helpValue: 'URL',
  }),
  local: Flags.boolean({
    summary: 'use the local endpoint; start one for this command where none is running',
    env: 'USAGE_TRACKER_LOCAL',
    helpGroup: group,
  }),
  'data-dir': Flags.string({
    summary: "folder of the local endpoint's data",
    env: 'USAGE_TRACKER_DATA_DIR',
    helpGroup: group,
    helpValue: 'DIR',
  }),
  config: Flags.string({
    summary: 'configuration file [default: usage-tracker.yaml in the current folder]',
    env: 'USAGE_TRACKER_CONFIG',
    helpGroup: group,
    helpValue: 'FILE',
  }),
  env: Flags.string({
    summary: 'environment of the configuration file',
    env: 'USAGE_TRACKER_ENV',
    helpGroup: group,
    helpValue: 'NAME',
  }),
  json: Flags.boolean({
    summary: 'print the answer as one JSON object',
    helpGroup: group,
  }),
  quiet: Flags.boolean({
    char: 'q',
    summary: 'no progress and no remarks on stderr',
    env: 'USAGE_TRACKER_QUIET',
    helpGroup: group,
  }),
}

/**
 * Names of the road's resources. A command takes the ones that it uses: `static override flags = {bus: nameFlags.bus}`.
 * `session(flags)` turns them, the variables and the configuration file into `settings`.
 */
export const nameFlags = {
  bus: Flags.string({
    summary: 'name of the event bus [default: usage]',
    env: 'USAGE_TRACKER_BUS',
    helpValue: 'NAME',
  }),
  rule: Flags.string({
    summary: 'name of the rule [default: api-usage]',
    env: 'USAGE_TRACKER_RULE',
    helpValue: 'NAME',
  }),
  stream: Flags.string({
    summary: 'name of the Firehose delivery stream [default: usage-events]',
    env: 'USAGE_TRACKER_STREAM',
    helpValue: 'NAME',
  }),
  bucket: Flags.string({
    summary: 'bucket of the lake [default: usage-ACCOUNT-REGION]',
    env: 'USAGE_TRACKER_BUCKET',
    helpValue: 'NAME',
  }),
  database: Flags.string({
    summary: 'Glue database of the lake [default: usage]',
    env: 'USAGE_TRACKER_DATABASE',
    helpValue: 'NAME',
  }),
  workgroup: Flags.string({
    summary: 'Athena workgroup [default: usage]',
    env: 'USAGE_TRACKER_WORKGROUP',
    helpValue: 'NAME',
  }),
  source: Flags.string({
    summary: 'source of usage events [default: my-applications]',
    env: 'USAGE_TRACKER_SOURCE',
    helpValue: 'NAME',
  }),
  'detail-type': Flags.string({
    summary: 'detail-type of usage events [default: api-usage-event]',
    env: 'USAGE_TRACKER_DETAIL_TYPE',
    helpValue: 'NAME',
  }),
}

/** For commands whose answer is a list. Handed to `this.printRows(list, flags.format)`. */
export const formatFlag = Flags.string({
  summary: 'form of the answer',
  options: ['table', 'json', 'csv', 'markdown', 'html'],
  default: 'table',
})

/** For commands that change something: no question is asked. Handed to `this.confirm(question, flags)`. */
export const yesFlag = Flags.boolean({char: 'y', summary: 'do it without asking'})

/** What `session(flags)` reads of a command's flags: the global ones and any of the names. */
export interface SessionFlags {
  profile?: string | undefined
  region?: string | undefined
  'endpoint-url'?: string | undefined
  local?: boolean | undefined
  'data-dir'?: string | undefined
  config?: string | undefined
  env?: string | undefined
  quiet?: boolean | undefined
  bus?: string | undefined
  rule?: string | undefined
  stream?: string | undefined
  /** `bind-target`'s word for the delivery stream. */
  firehose?: string | undefined
  bucket?: string | undefined
  database?: string | undefined
  workgroup?: string | undefined
  source?: string | undefined
  'detail-type'?: string | undefined
}
