import {createHash} from 'node:crypto'
import type {RoadSettings} from './settings'

const prefix = 'usage-tracker'
/** IAM, "IAM and AWS STS quotas": a role's name has at most 64 characters of `[\w+=,.@-]`. */
const roleNameLimit = 64
/** A tag's value has at most 256 characters. */
const tagValueLimit = 256

/**
 * The name of the role that Firehose writes to the bucket with. Roles are global and streams are not, so the region is
 * part of it: the same stream name in two regions has two roles.
 */
export function deliveryRoleName(settings: RoadSettings): string {
  return roleName([prefix, settings.region, settings.stream, 'delivery'])
}

/** The name of the role that EventBridge sends to the target with; one per rule. */
export function targetRoleName(settings: RoadSettings): string {
  return roleName([prefix, settings.region, settings.bus, settings.rule, 'target'])
}

/** The tag by which everything that belongs to a binding is found again. */
export const bindingTag = 'usage-tracker:binding'

/** `BUS/RULE`: what the tag `usage-tracker:binding` of everything that belongs to a binding says. */
export function bindingName(settings: RoadSettings): string {
  return fit(`${settings.bus}/${settings.rule}`, tagValueLimit)
}

/** The Sid of a binding's statement in the policy of a queue or function, and the name of its policy for a log group: letters, digits, hyphens and underscores, at most 80. */
export function queuePolicySid(settings: RoadSettings): string {
  const text = [prefix, settings.bus, settings.rule].join('-')
  return fit(text.replace(/[^A-Za-z0-9_-]/g, '-'), 80, text)
}

/** What the Sids of a binding's statements in the policy of its bus begin with. A Sid has 64 characters at most. */
export function busSidPrefix(settings: RoadSettings): string {
  const hash = createHash('sha256').update(`${settings.bus}/${settings.rule}`).digest('hex').slice(0, 10)
  return `${prefix}-${hash}-`
}

/** The name of the archive of a binding's events: at most 48 letters, digits, dots, hyphens and underscores. */
export function archiveName(settings: RoadSettings): string {
  const text = [prefix, settings.bus, settings.rule].join('-')
  return fit(text.replace(/[^.\-_A-Za-z0-9]/g, '-'), 48, text)
}

function roleName(parts: readonly string[]): string {
  const text = parts.join('-')
  return fit(text.replace(/[^\w+=,.@-]/g, '-'), roleNameLimit, text)
}

/** The text itself where it fits and nothing in it was replaced; else its beginning and a hash of the whole. */
function fit(text: string, limit: number, original = text): string {
  if (text.length <= limit && text === original) return text
  const hash = createHash('sha256').update(original).digest('hex').slice(0, 10)
  return `${text.slice(0, limit - hash.length - 1)}-${hash}`
}
