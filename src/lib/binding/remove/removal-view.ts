import type {Road} from '../../road/road'
import type {ActualRoad, TagSet} from '../read/actual-road'
import type {Change, ResourceKind} from '../change'
import {notOurs} from '../plan/ownership'
import type {Surroundings} from '../read/read-surroundings'
import {bindingKey} from './removal-keys'

/** What the planning of a removal looks at. */
export interface RemovalView {
  road: Road
  actual: ActualRoad
  around: Surroundings
  /** Keys (`removal-keys`) of what goes: that of earlier bindings of the same command, and what this plan adds. */
  gone: Set<string>
}

/** One line: `delete`, or `keep` with the reason. */
export function removal(
  resource: ResourceKind,
  name: string,
  reason: string | undefined,
  note?: string,
): Change {
  if (reason !== undefined) return {action: 'keep', resource, name, note: reason}
  return {action: 'delete', resource, name, ...(note !== undefined && {note})}
}

/** Why something with these tags is not for this command to remove, or undefined. */
export function foreign({gone}: Pick<RemovalView, 'gone'>, tags: TagSet | undefined): string | undefined {
  return notOurs(tags, (name) => gone.has(bindingKey(name)))
}

/** `has other rules: a, b`, or undefined where there are none. */
export function because(words: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  return `${words}: ${shown}`
}
