import {withFlag} from '../permission'
import type {Case, Permission} from '../permission'

const ofOneRule: Case = {
  words: 'without `--pattern` and `--all-rules`',
  holds: ({words}) => words['pattern'] === undefined && words['all-rules'] !== true,
}

export const patternTest: readonly Permission[] = [
  {to: 'read the rule', actions: ['events:DescribeRule'], on: ['rule'], only: ofOneRule},
  {
    to: 'list the rules of the bus',
    actions: ['events:ListRules'],
    on: ['everything'],
    only: withFlag('all-rules'),
    why: 'the action has no resource',
  },
  {
    to: 'ask EventBridge',
    actions: ['events:TestEventPattern'],
    on: ['everything'],
    only: withFlag('remote'),
    why: 'the action has no resource',
  },
]

const ofBus: Case = {
  words: 'without FILES and `--pattern`',
  holds: ({words}) => words['pattern'] === undefined && words['files'] === undefined,
}

export const patternLint: readonly Permission[] = [
  {
    to: 'list the rules of the bus, and of those that they lead to',
    actions: ['events:ListRules'],
    on: ['everything'],
    only: ofBus,
    why: 'the action has no resource',
  },
  {
    to: 'read their targets',
    actions: ['events:ListTargetsByRule'],
    on: ['rules'],
    only: ofBus,
    why: 'a rule may lead to any bus of the account',
  },
]
