import {onlyIn, withFlag} from '../permission'
import type {Permission} from '../permission'

const noResource = 'the action has no resource'

/** Whatever a rule leads to is known when the rule has been read. */
export const init: readonly Permission[] = onlyIn(withFlag('from-rule'), [
  {
    to: 'read the rule, its targets and its tags',
    actions: ['events:DescribeRule', 'events:ListTargetsByRule', 'events:ListTagsForResource'],
    on: ['rule'],
  },
  {to: 'read who may send', actions: ['events:DescribeEventBus'], on: ['bus']},
  {to: 'read the archive', actions: ['events:DescribeArchive'], on: ['archive']},
  {
    to: 'find archives of others',
    actions: ['events:ListArchives'],
    on: ['everything'],
    why: noResource,
  },
  {to: 'read the delivery stream', actions: ['firehose:DescribeDeliveryStream'], on: ['streams']},
  {
    to: 'read the boundary of the roles that bind-target made',
    actions: ['iam:GetRole', 'iam:GetRolePolicy'],
    on: ['roles of this tool'],
  },
  {to: 'list the databases', actions: ['glue:GetDatabases'], on: ['catalog', 'databases']},
  {
    to: 'find the table over the raw events',
    actions: ['glue:GetTable', 'glue:GetTables'],
    on: ['catalog', 'databases', 'all tables'],
  },
  {to: 'list the workgroups', actions: ['athena:ListWorkGroups'], on: ['everything'], why: noResource},
  {to: 'see where a workgroup puts its answers', actions: ['athena:GetWorkGroup'], on: ['workgroups']},
])
