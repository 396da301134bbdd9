import {formatArn} from '../../../../core/arn'
import type {CallContext} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {ruleArn, ruleKey, type RuleRow, type Tables} from '../rows'
import type {ArchiveRow} from './archive-row'

/** Events of a replay are not archived again. */
const notReplayed = '"replay-name":[{"exists":false}]'

/**
 * Writes the rule by which the service fills an archive: `Events-Archive-NAME` on the archive's bus. Only inside
 * `Store.write`. Throws ResourceAlreadyExistsException where the name is taken.
 */
export function putArchiveRule(tables: Tables, ctx: CallContext, archive: ArchiveRow): void {
  const name = archiveRuleName(archive.name)
  const key = ruleKey(ctx.region, archive.bus, name)
  const before = tables.rules.get(key)
  // What the service does where somebody has a rule of this name is not documented; it is not overwritten here.
  if (before && before.archiveArn !== archive.arn) {
    throw new ServiceError('ResourceAlreadyExistsException', `Rule ${name} already exists.`)
  }
  const row: RuleRow = {
    name,
    bus: archive.bus,
    arn: ruleArn(ctx, archive.bus, name),
    eventPattern: rulePattern(archive.eventPattern),
    state: 'ENABLED',
    targets: [
      {Id: name, Arn: formatArn({service: 'events', region: ctx.region, accountId: '', resource: ':'})},
    ],
    archiveArn: archive.arn,
  }
  tables.rules.put(key, row)
}

/** Removes the archive's rule. Only inside `Store.write`. */
export function deleteArchiveRule(tables: Tables, region: string, archive: ArchiveRow): void {
  const key = ruleKey(region, archive.bus, archiveRuleName(archive.name))
  if (tables.rules.get(key)?.archiveArn === archive.arn) tables.rules.delete(key)
}

/** Whether the archive still gets events: its rule may be deleted with `Force`. */
export function isFilled(tables: Tables, region: string, archive: ArchiveRow): boolean {
  const rule = tables.rules.get(ruleKey(region, archive.bus, archiveRuleName(archive.name)))
  return rule?.archiveArn === archive.arn && rule.targets.length > 0
}

function archiveRuleName(archive: string): string {
  return `Events-Archive-${archive}`
}

/** The archive's pattern, to the letter, and the condition above; it stands last, since of a key that stands twice the last one counts. */
function rulePattern(pattern: string | undefined): string {
  if (pattern === undefined || /^\s*\{\s*\}\s*$/.test(pattern)) return `{${notReplayed}}`
  return `${pattern.trimEnd().slice(0, -1)},${notReplayed}}`
}
