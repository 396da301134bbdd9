import {onlyIn, withFlag, without} from '../permission'
import type {Permission} from '../permission'

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
