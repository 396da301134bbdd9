import {OpError} from '../../core/errors'
import type {Road} from '../../road/road'
import {canonicalJson} from './canonical'

/**
 * Stops where two bindings ask for one resource in two ways: they would undo each other's work at every run. Throws
 * `BINDINGS_CLASH` (usage) naming the resource.
 */
export function refuseClashes(roads: readonly Road[]): void {
  const seen = new Map<string, string>()
  for (const [what, content] of roads.flatMap(contents)) {
    const text = canonicalJson(content)
    const before = seen.get(what)
    if (before !== undefined && before !== text) {
      throw new OpError('usage', 'BINDINGS_CLASH', `Two bindings want ${what} to be different things.`, {
        hint: 'Give each binding its own rule; bindings of one stream or database share one bucket.',
      })
    }
    seen.set(what, text)
  }
}

function contents(road: Road): [string, unknown][] {
  const rule = `rule ${road.rule.name} of bus ${road.rule.bus}`
  // A rule may have several targets; each is found again by its kind.
  const shared: [string, unknown][] = [
    [rule, road.rule.pattern],
    [`the ${road.kind.words} of ${rule}`, road.target],
  ]
  if (!road.hasLake) return shared
  return [
    ...shared,
    [`delivery stream ${road.stream.name}`, road.stream.destination],
    [`table ${road.table.database}.${road.table.input.Name}`, road.table.input],
    [`workgroup ${road.workgroup.name}`, road.workgroup.outputLocation],
  ]
}
