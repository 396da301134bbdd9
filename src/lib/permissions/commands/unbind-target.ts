import * as cases from '../cases'
import {onlyIn, without} from '../permission'
import type {Permission} from '../permission'
import {readingRoad} from './reading-roads'

/** What else uses the parts of a road. */
const readingSurroundings: readonly Permission[] = [
  {
    to: 'list the rules of the bus',
    actions: ['events:ListRules'],
    on: ['everything'],
    why: 'the action has no resource',
  },
  {
    to: 'see which of them are of bindings',
    actions: ['events:ListTagsForResource'],
    on: ['rules of the bus'],
  },
  {
    to: 'find the dead-letter queue by its tag',
    actions: ['sqs:ListQueues'],
    on: ['everything'],
    only: {words: 'without `--dlq`', holds: ({road}) => !road.queue},
    why: 'the action has no resource',
  },
  {
    to: 'read the dead-letter queue and count its messages',
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
    on: ['a queue'],
  },
  ...onlyIn(cases.intoLake, [
    {
      to: 'find the rules of all buses that send to the stream',
      actions: ['events:ListEventBuses', 'events:ListRuleNamesByTarget'],
      on: ['everything'],
      why: 'these actions have no resource',
    },
    {
      to: 'list the delivery streams',
      actions: ['firehose:ListDeliveryStreams'],
      on: ['everything'],
      why: 'the action has no resource',
    },
    {
      to: 'see which of them write to the bucket',
      actions: ['firehose:DescribeDeliveryStream'],
      on: ['streams'],
    },
    {
      to: 'list the tables of the database',
      actions: ['glue:GetTables'],
      on: ['catalog', 'database', 'tables'],
    },
    {to: 'count the saved queries of the workgroup', actions: ['athena:ListNamedQueries'], on: ['workgroup']},
  ]),
]

const roleActions = [
  ...['iam:DeleteRolePolicy', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'],
  ...['iam:DetachRolePolicy', 'iam:DeleteRole'],
]

const removing: readonly Permission[] = [
  {
    to: 'delete the rule with its target',
    actions: ['events:RemoveTargets', 'events:DeleteRule'],
    on: ['rule'],
  },
  {
    to: 'take back what others are let do on the bus',
    actions: ['events:RemovePermission'],
    on: ['everything'],
    why: 'the action has no resource',
  },
  {to: 'delete the bus', actions: ['events:DeleteEventBus'], on: ['bus']},
  {to: "delete the bus's discoverer", actions: ['schemas:DeleteDiscoverer'], on: ['discoverers']},
  {
    to: 'have the discoverer delete its rule',
    actions: ['events:DisableRule', 'events:RemoveTargets', 'events:DeleteRule', 'events:ListTargetsByRule'],
    on: ['rules of the discoverer'],
    why: 'a discoverer listens with a rule of its own (AmazonEventBridgeSchemasFullAccess)',
  },
  {
    to: 'delete the role that the rule sends with',
    actions: roleActions,
    on: ['own role'],
    only: cases.takingRole,
  },
  {
    to: 'take the rule out of the policy of the queue',
    actions: ['sqs:SetQueueAttributes'],
    on: ['target'],
    only: cases.toQueue,
  },
  {
    to: "take the rule out of the policies of the account's logs",
    actions: ['logs:DeleteResourcePolicy'],
    on: ['everything'],
    only: cases.toLogGroup,
    why: 'the action has no resource',
  },
  {
    to: 'take the rule out of the policy of the function',
    actions: ['lambda:RemovePermission'],
    on: ['target'],
    only: cases.toFunction,
  },
  {
    to: 'delete the dead-letter queue, or take the rule out of its policy',
    actions: ['sqs:DeleteQueue', 'sqs:SetQueueAttributes'],
    on: ['a queue'],
  },
  ...onlyIn(cases.intoLake, [
    {to: 'delete the delivery stream', actions: ['firehose:DeleteDeliveryStream'], on: ['stream']},
    {to: "delete the stream's role", actions: roleActions, on: ['delivery role']},
    {to: 'delete the workgroup', actions: ['athena:DeleteWorkGroup'], on: ['workgroup']},
    {to: 'delete the table', actions: ['glue:DeleteTable'], on: ['catalog', 'database', 'table']},
    {
      to: 'delete the database',
      actions: ['glue:DeleteDatabase'],
      on: ['catalog', 'database', 'tables', 'functions'],
    },
    {to: 'delete the bucket', actions: ['s3:DeleteBucket'], on: ['bucket']},
  ]),
]

export const unbindTarget: readonly Permission[] = [
  ...readingRoad(cases.takingRole),
  {to: 'read the archive', actions: ['events:DescribeArchive'], on: ['archive']},
  ...readingSurroundings,
  ...onlyIn(without('dry-run'), removing),
]
