import {both, withFlag, without} from '../permission'
import type {Permission} from '../permission'

/** What Athena does for a query of the lake, as the caller (Athena user guide, "Identity and access management in Athena"). */
export const querying: readonly Permission[] = [
  {
    to: 'run a query, follow it, read its answer, and stop it at Ctrl-C',
    actions: [
      ...['athena:StartQueryExecution', 'athena:GetQueryExecution'],
      ...['athena:GetQueryResults', 'athena:StopQueryExecution'],
    ],
    on: ['workgroup'],
  },
  {
    to: 'have Athena find the database',
    actions: ['glue:GetDatabase'],
    on: ['catalog', 'database'],
    why: 'Athena reads the catalog as the caller',
  },
  {
    to: 'have Athena find the table',
    actions: ['glue:GetTable', 'glue:GetPartitions'],
    on: ['catalog', 'database', 'table', 'lake table', 'lake view'],
    why: 'Athena reads the catalog as the caller',
  },
  {
    to: 'have Athena find the objects',
    actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    on: ['bucket'],
    why: 'Athena reads the bucket as the caller',
  },
  {
    to: 'have Athena read the events',
    actions: ['s3:GetObject'],
    on: ['events', 'compacted events'],
    why: 'Athena reads the bucket as the caller',
  },
  {
    to: 'have Athena write the answer and read it',
    actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    on: ['results'],
    why: 'Athena writes answers as the caller',
  },
]

/** Any report. */
export const report: readonly Permission[] = [
  ...querying,
  {
    to: 'say how far the lake is behind',
    actions: ['firehose:DescribeDeliveryStream'],
    on: ['stream'],
  },
]

/** `report billing`: what closed months were billed, and closing one. */
export const billing: readonly Permission[] = [
  ...report,
  {to: 'list closed months', actions: ['s3:ListBucket'], on: ['bucket'], only: withFlag('month')},
  {to: 'read their statements', actions: ['s3:GetObject'], on: ['statements'], only: withFlag('month')},
  {
    to: 'write the statement of a month',
    actions: ['s3:PutObject'],
    on: ['statements'],
    only: both(withFlag('close'), without('dry-run')),
  },
]

/** CloudWatch and the quarantine know of no service and no customer. */
const ofAllEvents = without('by', 'customer', 'feature', 'service', 'where')

/** `report reconcile`: what CloudWatch has counted, and what compaction put aside. */
export const reconcile: readonly Permission[] = [
  ...report,
  {
    to: 'read what CloudWatch counted',
    actions: ['cloudwatch:GetMetricData'],
    on: ['everything'],
    only: ofAllEvents,
    why: 'metrics have no resource',
  },
  {to: 'look what compaction put aside', actions: ['s3:ListBucket'], on: ['bucket'], only: ofAllEvents},
  {
    to: 'count its lines that are no events',
    actions: ['s3:GetObject'],
    on: ['quarantine'],
    only: ofAllEvents,
  },
]
