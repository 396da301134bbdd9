import type {SchemaDocument} from '../schema-document'
import type {Change, Verdict} from './change'
import {Comparison} from './compare/comparison'
import {placeText, wholeEvent} from '../event-path'
import {Side} from './form/side'

const weight: Readonly<Record<Verdict, number>> = {breaking: 0, 'may-break': 1, safe: 2}

/**
 * What changed between two schemas, and whether it breaks those who write events by the old one or those who read events by the new one;
 * breaking changes first, each place in the order of the schemas. What is said to be safe is proven, under the condition that a change names
 * (`provided`): where all changes are safe for producers, every value that is valid by `old` is valid by `next`, and where all are safe
 * for consumers every value that is valid by `next` is valid by `old`. What is said to break may be a false alarm where a schema
 * cannot be satisfied anyway. Throws `SCHEMA_TOO_ENTANGLED` and `SCHEMA_UNCHECKABLE` (usage).
 */
export function diffSchemas(old: SchemaDocument, next: SchemaDocument): Change[] {
  const [before, after] = [new Side(old), new Side(next)]
  const changes = told(new Comparison(before, after).places(before.root, after.root, wholeEvent))
  return changes
    .map((change, i) => ({change, i}))
    .sort((a, b) => rankOf(a.change) - rankOf(b.change) || a.i - b.i)
    .map(({change}) => ({...change, path: placeText(change.path)}))
}

/** Each change once, and of the types of a place one change: what is asked of several kinds of values is found with each of them. */
function told(changes: readonly Change[]): Change[] {
  const found = new Map<string, Change>()
  for (const change of changes) {
    const key = JSON.stringify([change.path, change.kind, change.kind === 'type' ? '' : change.message])
    const known = found.get(key)
    found.set(key, known ? worse(known, change) : change)
  }
  return [...found.values()]
}

function worse(a: Change, b: Change): Change {
  const worst = (x: Verdict, y: Verdict) => (weight[x] <= weight[y] ? x : y)
  return {
    ...b,
    ...a,
    producers: worst(a.producers, b.producers),
    consumers: worst(a.consumers, b.consumers),
  }
}

/** Descriptions come last. */
function rankOf({producers, consumers, kind}: Change): number {
  const isNote = ['title', 'description', 'default', 'examples', 'deprecated'].includes(kind)
  return Math.min(weight[producers], weight[consumers]) + (isNote ? 1 : 0)
}
