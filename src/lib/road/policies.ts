import {formatArn, partitionOf} from '../core/arn'
import {rawLayouts} from './layout'
import type {RoadSettings} from './settings'

/** One statement of an IAM policy, in IAM's own spelling. */
export interface PolicyStatement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: '*' | Readonly<Record<string, string | readonly string[]>>
  Action: string | readonly string[]
  Resource?: string | readonly string[]
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface PolicyDocument {
  Version: '2012-10-17'
  Statement: readonly PolicyStatement[]
}

/** A policy of these statements. */
export function document(...statements: PolicyStatement[]): PolicyDocument {
  return {Version: '2012-10-17', Statement: statements}
}

/**
 * Who may take the delivery role on: Firehose, working for this account. Firehose passes the account as external id
 * ("Grant Firehose access to an Amazon S3 destination"), which keeps another account's stream from using the role.
 */
export function deliveryTrustPolicy(settings: RoadSettings): PolicyDocument {
  return document({
    Effect: 'Allow',
    Principal: {Service: 'firehose.amazonaws.com'},
    Action: 'sts:AssumeRole',
    Condition: {StringEquals: {'sts:ExternalId': settings.accountId}},
  })
}

/**
 * What Firehose needs on the bucket, and on that bucket alone ("Grant Firehose access to an Amazon S3 destination"); where it
 * converts to Parquet, on the table whose columns it reads as well ("Grant Firehose access to AWS Glue for data format conversion").
 */
export function deliveryPolicy(settings: RoadSettings): PolicyDocument {
  const bucketArn = bucketArnOf(settings)
  const {recordFormat} = settings
  return document(
    {
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: bucketArn,
    },
    {
      Effect: 'Allow',
      Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      Resource: `${bucketArn}/*`,
    },
    ...(recordFormat === 'parquet'
      ? [{Effect: 'Allow', Action: schemaActions, Resource: schemaArnsOf(settings)} as const]
      : []),
  )
}

/** What Firehose does to learn the columns that it converts to. */
export const schemaActions = ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'] as const

/** What it does that on: Glue asks for a table's permission on the catalog and on its database too ("Data Catalog ARNs"). */
export function schemaArnsOf(settings: RoadSettings): string[] {
  const {database} = settings
  const {table} = rawLayouts.parquet
  return ['catalog', `database/${database}`, `table/${database}/${table}`].map((resource) =>
    regional(settings, 'glue', resource),
  )
}

/** Who may take the target role on: EventBridge. */
export function targetTrustPolicy(): PolicyDocument {
  return document({
    Effect: 'Allow',
    Principal: {Service: 'events.amazonaws.com'},
    Action: 'sts:AssumeRole',
  })
}

export function bucketArnOf(settings: RoadSettings): string {
  const partition = partitionOf(settings.region)
  return formatArn({partition, service: 's3', region: '', accountId: '', resource: settings.bucket})
}

export function streamArnOf(settings: RoadSettings): string {
  return regional(settings, 'firehose', `deliverystream/${settings.stream}`)
}

/** Rules of the default bus leave the bus out: `rule/NAME`; all others are `rule/BUS/NAME`. */
export function ruleArnOf(settings: Place & Pick<RoadSettings, 'bus' | 'rule'>): string {
  const path = settings.bus === 'default' ? settings.rule : `${settings.bus}/${settings.rule}`
  return regional(settings, 'events', `rule/${path}`)
}

export function busArnOf(settings: RoadSettings): string {
  return regional(settings, 'events', `event-bus/${settings.bus}`)
}

export function queueArnOf(settings: Place, name: string): string {
  return regional(settings, 'sqs', name)
}

export function roleArnOf(settings: RoadSettings, name: string): string {
  const partition = partitionOf(settings.region)
  const {accountId} = settings
  return formatArn({partition, service: 'iam', region: '', accountId, resource: `role/${name}`})
}

export function athenaArnOf(settings: RoadSettings): string {
  return regional(settings, 'athena', `workgroup/${settings.workgroup}`)
}

export function discovererArnOf(settings: RoadSettings, id: string): string {
  return regional(settings, 'schemas', `discoverer/${id}`)
}

type Place = Pick<RoadSettings, 'accountId' | 'region'>

function regional(settings: Place, service: string, resource: string): string {
  const {region, accountId} = settings
  return formatArn({service, region, accountId, resource})
}
