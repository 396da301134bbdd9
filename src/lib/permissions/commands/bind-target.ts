import * as cases from '../cases'
import {onlyIn} from '../permission'
import type {Permission} from '../permission'
import {makingDiscoverer} from './discoverers'
import {readingRoad} from './reading-roads'

const tagging = 'it is made with tags'

const makingEvents: readonly Permission[] = [
  {to: 'make the bus', actions: ['events:CreateEventBus'], on: ['bus']},
  {to: 'make or change the rule', actions: ['events:PutRule'], on: ['rule']},
  {
    to: 'tag bus and rule',
    actions: ['events:TagResource'],
    on: ['bus', 'rule'],
    why: 'they are made with tags',
  },
  {to: 'point the rule at its target', actions: ['events:PutTargets'], on: ['rule']},
  {
    to: 'hand the rule its role',
    actions: ['iam:PassRole'],
    on: ['target role'],
    only: cases.withRole,
    condition: {StringEquals: {'iam:PassedToService': 'events.amazonaws.com'}},
    why: 'PutTargets gives EventBridge a role',
  },
  {
    to: 'let other accounts send, or no longer',
    actions: ['events:PutPermission', 'events:RemovePermission'],
    on: ['everything'],
    only: cases.withAccess,
    why: 'these actions have no resource',
  },
  {
    to: 'make the archive',
    actions: ['events:CreateArchive'],
    on: ['archive', 'bus'],
    only: cases.withArchive,
  },
  {to: 'change the archive', actions: ['events:UpdateArchive'], on: ['archive'], only: cases.withArchive},
]

const roleActions = [...['iam:CreateRole', 'iam:PutRolePolicy'], ...['iam:UpdateAssumeRolePolicy']]

const makingTargetRole: readonly Permission[] = [
  {to: 'make or change the role that the rule sends with', actions: roleActions, on: ['own role']},
  {to: 'tag the role that the rule sends with', actions: ['iam:TagRole'], on: ['own role'], why: tagging},
  {
    to: 'give that role its boundary',
    actions: ['iam:PutRolePermissionsBoundary'],
    on: ['own role'],
    only: cases.withBoundary,
  },
]

const makingQueue: readonly Permission[] = [
  {to: 'make the dead-letter queue', actions: ['sqs:CreateQueue'], on: ['queue']},
  {to: 'tag the queue', actions: ['sqs:TagQueue'], on: ['queue'], why: tagging},
  {to: 'let the rule send to the dead-letter queue', actions: ['sqs:SetQueueAttributes'], on: ['queue']},
]

const makingLake: readonly Permission[] = [
  {to: 'make the bucket', actions: ['s3:CreateBucket'], on: ['bucket']},
  {to: 'tag the bucket', actions: ['s3:PutBucketTagging'], on: ['bucket']},
  {to: 'make the bucket with tags', actions: ['s3:TagResource'], on: ['bucket'], why: tagging},
  {to: 'shut the bucket to the public', actions: ['s3:PutBucketPublicAccessBlock'], on: ['bucket']},
  {to: 'make or change the role that the stream writes with', actions: roleActions, on: ['delivery role']},
  {
    to: 'tag the role that the stream writes with',
    actions: ['iam:TagRole'],
    on: ['delivery role'],
    why: tagging,
  },
  {
    to: 'give that role its boundary',
    actions: ['iam:PutRolePermissionsBoundary'],
    on: ['delivery role'],
    only: cases.withBoundary,
  },
  {
    to: 'make or change the delivery stream',
    actions: ['firehose:CreateDeliveryStream', 'firehose:UpdateDestination'],
    on: ['stream'],
  },
  {to: 'tag the stream', actions: ['firehose:TagDeliveryStream'], on: ['stream'], why: tagging},
  {
    to: 'hand the stream its role',
    actions: ['iam:PassRole'],
    on: ['delivery role'],
    condition: {StringEquals: {'iam:PassedToService': 'firehose.amazonaws.com'}},
    why: 'CreateDeliveryStream and UpdateDestination give Firehose a role',
  },
  {to: 'make the database', actions: ['glue:CreateDatabase'], on: ['catalog', 'database']},
  {
    to: 'make or change the table',
    actions: ['glue:CreateTable', 'glue:UpdateTable'],
    on: ['catalog', 'database', 'table'],
  },
  {
    to: 'make or change the workgroup',
    actions: ['athena:CreateWorkGroup', 'athena:UpdateWorkGroup'],
    on: ['workgroup'],
  },
  {to: 'tag the workgroup', actions: ['athena:TagResource'], on: ['workgroup'], why: tagging},
]

const lettingIn: readonly Permission[] = [
  {
    to: 'let the rule send to the queue',
    actions: ['sqs:SetQueueAttributes'],
    on: ['target'],
    only: cases.toQueue,
  },
  {
    to: 'let the rule send to the log group',
    actions: ['logs:PutResourcePolicy'],
    on: ['everything'],
    only: cases.toLogGroup,
    why: 'the action has no resource',
  },
  {
    to: 'let the rule call the function',
    actions: ['lambda:AddPermission', 'lambda:RemovePermission'],
    on: ['target'],
    only: cases.toFunction,
  },
]

/** What a run on a terminal asks about: things beside which a default would make another. */
const asking: readonly Permission[] = [
  {
    to: 'list what may be meant: buses, rules, delivery streams',
    actions: ['events:ListEventBuses', 'events:ListRules', 'firehose:ListDeliveryStreams'],
    on: ['everything'],
    why: 'these actions have no resource',
  },
  {to: 'read the stream that is chosen', actions: ['firehose:DescribeDeliveryStream'], on: ['streams']},
]

export const bindTarget: readonly Permission[] = [
  ...readingRoad(cases.withOwnRole),
  {to: 'read the archive', actions: ['events:DescribeArchive'], on: ['archive'], only: cases.withArchive},
  ...onlyIn(cases.withQueue, [
    {
      to: 'read the dead-letter queue',
      actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
      on: ['queue'],
    },
  ]),
  ...onlyIn(cases.asking, asking),
  ...onlyIn(cases.changing, [
    ...makingEvents,
    ...makingDiscoverer,
    ...onlyIn(cases.withOwnRole, makingTargetRole),
    ...lettingIn,
    ...onlyIn(cases.withQueue, makingQueue),
    ...onlyIn(cases.intoLake, makingLake),
  ]),
]
