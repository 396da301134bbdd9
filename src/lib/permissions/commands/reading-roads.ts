import * as cases from '../cases'
import {onlyIn} from '../permission'
import type {Case, Permission} from '../permission'

/** A target of another kind than a delivery stream: whether it is there, and what lets the rule in. */
export const readingTargets: readonly Permission[] = [
  {
    to: 'read the queue and its policy',
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    on: ['target'],
    only: cases.toQueue,
  },
  {to: 'see the bus', actions: ['events:DescribeEventBus'], on: ['target'], only: cases.toBus},
  {
    to: 'see the Kinesis stream',
    actions: ['kinesis:DescribeStreamSummary'],
    on: ['target'],
    only: cases.toKinesis,
  },
  {
    to: "see the log group and read the policies of the account's logs",
    actions: ['logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'],
    on: ['everything'],
    only: cases.toLogGroup,
    why: 'these actions have no resource',
  },
  {
    to: 'read the function and its policy',
    actions: ['lambda:GetFunctionConfiguration', 'lambda:GetPolicy'],
    on: ['target'],
    only: cases.toFunction,
  },
  {
    to: 'see the state machine',
    actions: ['states:DescribeStateMachine'],
    on: ['target'],
    only: cases.toStateMachine,
  },
  {
    to: 'see the API destination',
    actions: ['events:DescribeApiDestination'],
    on: ['API destination', 'connections'],
    only: cases.toApiDestination,
    why: 'the action is checked on the connection too, which the destination alone knows',
  },
]

/** The bucket, database, table and workgroup behind a delivery stream. */
export const readingLake: readonly Permission[] = [
  {to: 'read the delivery stream', actions: ['firehose:DescribeDeliveryStream'], on: ['stream']},
  {
    to: 'see the bucket and whether it is shut to the public',
    actions: ['s3:ListBucket', 's3:GetBucketPublicAccessBlock'],
    on: ['bucket'],
    why: 'HeadBucket is allowed by s3:ListBucket',
  },
  {to: 'see the database', actions: ['glue:GetDatabase'], on: ['catalog', 'database']},
  {to: 'read the table', actions: ['glue:GetTable'], on: ['catalog', 'database', 'table']},
  {to: 'read the workgroup', actions: ['athena:GetWorkGroup'], on: ['workgroup']},
]

const readingTags = (role: Case): readonly Permission[] => [
  {to: 'read the tags of bus and rule', actions: ['events:ListTagsForResource'], on: ['bus', 'rule']},
  {
    to: 'read the tags of the discoverer',
    actions: ['schemas:ListTagsForResource'],
    on: ['discoverers'],
    why: 'its id is known after it has been found',
  },
  {
    to: 'read the tags of the role that the rule sends with',
    actions: ['iam:ListRoleTags'],
    on: ['own role'],
    only: role,
  },
  {to: 'read the tags of the queue', actions: ['sqs:ListQueueTags'], on: ['target'], only: cases.toQueue},
  ...onlyIn(cases.intoLake, [
    {to: 'read the tags of the stream', actions: ['firehose:ListTagsForDeliveryStream'], on: ['stream']},
    {to: "read the tags of the stream's role", actions: ['iam:ListRoleTags'], on: ['delivery role']},
    {to: 'read the tags of the bucket', actions: ['s3:GetBucketTagging'], on: ['bucket']},
    {to: 'read the tags of the workgroup', actions: ['athena:ListTagsForResource'], on: ['workgroup']},
  ]),
]

/** Everything that is there of a road, with its tags; archive and dead-letter queue apart. `role`: in which a role of its own is read. */
export const readingRoad = (role: Case): readonly Permission[] => [
  {to: 'read the bus and its policy', actions: ['events:DescribeEventBus'], on: ['bus']},
  {
    to: 'read the rule and its targets',
    actions: ['events:DescribeRule', 'events:ListTargetsByRule'],
    on: ['rule'],
  },
  {
    to: "find the bus's discoverer",
    actions: ['schemas:ListDiscoverers'],
    on: ['discoverers'],
  },
  {
    to: 'read the role that the rule sends with',
    actions: ['iam:GetRole', 'iam:GetRolePolicy'],
    on: ['own role'],
    only: role,
  },
  ...readingTargets,
  ...onlyIn(cases.intoLake, [
    {
      to: 'read the role that the stream writes with',
      actions: ['iam:GetRole', 'iam:GetRolePolicy'],
      on: ['delivery role'],
    },
    ...readingLake,
  ]),
  ...readingTags(role),
]
