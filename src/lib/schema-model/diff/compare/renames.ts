import {distance} from '../../../core/nearest'
import type {Change} from '../change'
import {isSafe, type Comparer} from './comparer'
import type {MemberPair} from './member-changes'

/** A member with its changes. */
export interface ChangedMember extends MemberPair {
  changes: Change[]
}

/** Where more pairs than this would have to be compared, nobody renamed: it is another schema. */
const maxPairs = 2_500

/** Marks members that seem to have got another name: one is gone, one is new, both say the same, and the names are alike or there is no other choice. */
export function withRenames(comparer: Comparer, members: readonly ChangedMember[]): ChangedMember[] {
  const gone = members.filter(({changes}) => changes[0]?.kind === 'removed')
  const added = members.filter(({changes}) => changes[0]?.kind === 'added')
  if (gone.length * added.length > maxPairs) return [...members]
  const names = new Map<string, string>()
  for (const old of gone) {
    const candidates = added.filter((next) => !names.has(next.name) && areAlike(comparer, old, next))
    const best =
      candidates.find((next) => haveLikeNames(old.name, next.name)) ?? onlyOne(candidates, gone, added)
    if (!best) continue
    names.set(old.name, best.name)
    names.set(best.name, old.name)
  }
  return members.map((member) => ({...member, changes: renamed(member.changes, names.get(member.name))}))
}

function areAlike(comparer: Comparer, old: MemberPair, next: MemberPair): boolean {
  if (old.before.isRequired !== next.after.isRequired) return false
  const changes = comparer.places(old.before.place, next.after.place, old.name)
  return isSafe(changes, 'producers') && isSafe(changes, 'consumers')
}

function onlyOne(
  candidates: readonly ChangedMember[],
  gone: readonly unknown[],
  added: readonly unknown[],
): ChangedMember | undefined {
  return gone.length === 1 && added.length === 1 ? candidates[0] : undefined
}

/** `customerId` and `customer_id`, `amount` and `totalAmount`. */
function haveLikeNames(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')) as [string, string]
  if (x === '' || y === '') return false
  return x.includes(y) || y.includes(x) || distance(x, y) <= Math.floor(Math.max(x.length, y.length) / 3)
}

function renamed(changes: Change[], name: string | undefined): Change[] {
  const [first, ...others] = changes
  if (!first || name === undefined) return changes
  const words = first.kind === 'removed' ? `perhaps renamed to ${name}` : `perhaps renamed from ${name}`
  return [{...first, message: `${first.message} (${words})`, renamed: name}, ...others]
}
