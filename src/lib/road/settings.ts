import type {BindingOptions} from './options'
import type {RecordFormat} from './record-format'

/** Everything the road is made from: names, place and choices. All commands share it, so they mean the same resources. */
export interface RoadSettings extends BindingOptions {
  accountId: string
  region: string
  bus: string
  rule: string
  /** Name of the Firehose delivery stream. */
  stream: string
  /** ARN of the target where it is something other than that stream: then nothing of the lake is part of the road. */
  targetArn?: string | undefined
  /** In what form that stream writes raw objects. Where nothing is said a stream goes on as it does, and a new one writes JSON. */
  recordFormat?: RecordFormat | undefined
  bucket: string
  /** Glue database of the lake. */
  database: string
  /** Athena workgroup. */
  workgroup: string
  /** `source` of usage events. */
  source: string
  /** `detail-type` of usage events. */
  detailType: string
  /** Event pattern of the rule, JSON text. */
  pattern: string
  /** Name of the dead-letter queue, where one is asked for. */
  dlq?: string | undefined
  /** Tags of every resource that can carry some. */
  tags: Readonly<Record<string, string>>
}

/** The names when nothing is said. The bucket's depends on account and region: see `defaultBucket`. */
export const defaultNames = {
  bus: 'usage',
  rule: 'api-usage',
  stream: 'usage-events',
  database: 'usage',
  workgroup: 'usage',
  source: 'my-applications',
  detailType: 'api-usage-event',
} as const

/** `usage-ACCOUNT-REGION`: bucket names are global, so the default one names its owner. */
export function defaultBucket(accountId: string, region: string): string {
  return `usage-${accountId}-${region}`
}

/** The pattern of a rule that takes every usage event of `source` and `detailType`. */
export function defaultPattern(source: string, detailType: string): string {
  return JSON.stringify({source: [source], 'detail-type': [detailType]})
}
