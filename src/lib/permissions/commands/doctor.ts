import * as cases from '../cases'
import {onlyIn} from '../permission'
import type {Permission} from '../permission'
import {readingLake, readingTargets} from './reading-roads'
import {report} from './reports'

const readingEvents: readonly Permission[] = [
  {to: 'see the bus', actions: ['events:DescribeEventBus'], on: ['bus']},
  {
    to: 'read the rule and its targets',
    actions: ['events:DescribeRule', 'events:ListTargetsByRule'],
    on: ['rule'],
  },
  {
    to: 'count the rules of the bus, and find its archives; the other buses where it is not there',
    actions: ['events:ListRules', 'events:ListArchives', 'events:ListEventBuses'],
    on: ['everything'],
    why: 'these actions have no resource',
  },
  {
    to: 'read the dead-letter queue that the target has',
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    on: ['a queue'],
  },
  {
    to: 'read what CloudWatch counted',
    actions: ['cloudwatch:GetMetricData'],
    on: ['everything'],
    why: 'metrics have no resource',
  },
]

const roleActions = [
  ...['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
  'iam:SimulatePrincipalPolicy',
]

const judgingRoles: readonly Permission[] = [
  {
    to: 'judge the role that the rule sends with',
    actions: roleActions,
    on: ['roles'],
    only: cases.withOwnRole,
    why: 'which role that is, the target of the rule alone says',
  },
  {
    to: 'judge the role that the rule is to send with',
    actions: roleActions,
    on: ['target role'],
    only: cases.withGivenRole,
  },
  {
    to: 'judge the role that the stream writes with',
    actions: roleActions,
    on: ['delivery role'],
    only: cases.intoLake,
  },
  {
    to: 'read what is attached to a role, and its boundary',
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
    on: ['policies'],
    only: cases.takingRole,
    why: 'which policies these are is known from the role alone',
  },
]

export const doctor: readonly Permission[] = [
  {to: 'read the archive', actions: ['events:DescribeArchive'], on: ['archive'], only: cases.withArchive},
  ...readingEvents,
  ...readingTargets,
  ...judgingRoles,
  ...onlyIn(cases.intoLake, [
    ...readingLake,
    {to: 'find raw objects and errors', actions: ['s3:ListBucket'], on: ['bucket']},
    {to: 'read the newest raw object', actions: ['s3:GetObject'], on: ['events']},
    {to: 'read why events could not be converted', actions: ['s3:GetObject'], on: ['errors']},
    ...report,
  ]),
  {to: 'send the canary', actions: ['events:PutEvents'], on: ['bus'], only: cases.withCanary},
]
