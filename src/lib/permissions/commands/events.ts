import {onlyIn, withFlag, without} from '../permission'
import type {Case, Permission} from '../permission'
import {querying} from './reports'

/** Whatever puts events on the bus. */
export const sending: readonly Permission[] = [
  {to: 'see that the bus is there', actions: ['events:DescribeEventBus'], on: ['bus']},
  {to: 'send the events', actions: ['events:PutEvents'], on: ['bus']},
]

export const sendingOrConfirming: readonly Permission[] = [
  ...sending,
  ...onlyIn(withFlag('confirm'), [
    {to: 'find the raw objects', actions: ['s3:ListBucket'], on: ['bucket']},
    {to: 'look for the events in them', actions: ['s3:GetObject'], on: ['JSON events']},
  ]),
]

const listening: readonly Permission[] = [
  {
    to: 'make a rule that listens',
    actions: ['events:PutRule', 'events:PutTargets'],
    on: ['rules that listen'],
  },
  {to: 'make its queue', actions: ['sqs:CreateQueue'], on: ['queues that listen']},
  {
    to: 'mark the rule as in use',
    actions: ['events:TagResource'],
    on: ['rules that listen'],
  },
  {to: 'mark the queue as in use', actions: ['sqs:TagQueue'], on: ['queues that listen']},
  {
    to: 'receive the events',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    on: ['queues that listen'],
  },
]

export const tailing: readonly Permission[] = [
  {to: 'see that the bus is there', actions: ['events:DescribeEventBus'], on: ['bus']},
  {
    to: 'find what killed runs have left',
    actions: ['events:ListRules', 'sqs:ListQueues'],
    on: ['everything'],
    why: 'these actions have no resource',
  },
  {to: 'see which rules are in use', actions: ['events:ListTagsForResource'], on: ['rules that listen']},
  {to: 'see which queues are in use', actions: ['sqs:ListQueueTags'], on: ['queues that listen']},
  ...onlyIn(without('sweep'), listening),
  {
    to: 'remove the rule',
    actions: ['events:RemoveTargets', 'events:DeleteRule'],
    on: ['rules that listen'],
  },
  {to: 'remove the queue', actions: ['sqs:GetQueueUrl', 'sqs:DeleteQueue'], on: ['queues that listen']},
]

const ofBucket: Case = {
  words: 'from s3://BUCKET/PREFIX',
  holds: ({words}) => typeof words['file'] === 'string' && words['file'].startsWith('s3:'),
}
const ofLake: Case = {words: 'without FILE', holds: ({words}) => words['file'] === undefined}

/** Stored events that are sent again. */
export const sendingAgain: readonly Permission[] = [
  {to: 'see that the bus is there', actions: ['events:DescribeEventBus'], on: ['bus']},
  {to: 'send the events', actions: ['events:PutEvents'], on: ['bus'], only: without('dry-run')},
  {to: 'find the objects', actions: ['s3:ListBucket'], on: ['bucket of FILE'], only: ofBucket},
  {to: 'read them', actions: ['s3:GetObject'], on: ['objects of FILE'], only: ofBucket},
  {to: 'find the raw objects', actions: ['s3:ListBucket'], on: ['bucket'], only: ofLake},
  {to: 'read the raw objects', actions: ['s3:GetObject'], on: ['JSON events'], only: ofLake},
]

const starting: readonly Permission[] = [
  {to: 'see the archive', actions: ['events:DescribeArchive'], on: ['archive to replay']},
  {
    to: 'see the rule that gets the events',
    actions: ['events:DescribeRule'],
    on: ['rule'],
    only: withFlag('rule'),
  },
  {
    to: 'start the replay',
    actions: ['events:StartReplay'],
    on: ['archive to replay', 'bus', 'replays'],
    only: without('dry-run'),
  },
]

export const replaying: readonly Permission[] = [
  ...onlyIn(without('cancel'), starting),
  {to: 'stop the replay', actions: ['events:CancelReplay'], on: ['replays'], only: withFlag('cancel')},
  {to: 'follow the replay', actions: ['events:DescribeReplay'], on: ['replays'], only: without('dry-run')},
]

const ofIds: Case = {
  words: 'with an ID that is not in the lake',
  holds: ({words}) => words['id'] !== undefined,
}

export const finding: readonly Permission[] = [
  ...querying,
  ...onlyIn(ofIds, [
    {to: 'read lines that are no events', actions: ['s3:GetObject'], on: ['quarantine']},
    {to: 'read what the stream could not write', actions: ['s3:GetObject'], on: ['errors']},
    {to: 'find the dead-letter queue', actions: ['events:ListTargetsByRule'], on: ['rule']},
    {
      to: 'look into it, and leave all there',
      actions: ['sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'],
      on: ['a queue'],
    },
  ]),
]
