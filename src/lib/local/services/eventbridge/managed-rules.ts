import {ServiceError} from '../../service-error'
import type {RuleRow} from './rows'

/** Who manages the rule of an archive, as DescribeRule shows it. */
export const archiveService = 'prod.vhs.events.aws.internal'

/** Throws ManagedRuleException for a rule that belongs to an archive: deleting it and its targets needs `Force`, nothing else is possible. */
export function refuseManaged(rule: RuleRow | undefined): void {
  if (rule?.archiveArn === undefined) return
  throw new ServiceError(
    'ManagedRuleException',
    `Rule ${rule.name} is managed by ${archiveService}. It can only be deleted, with Force.`,
  )
}
