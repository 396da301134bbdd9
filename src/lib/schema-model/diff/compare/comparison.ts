import {OpError} from '../../../core/errors'
import {compareAlternatives} from './alternatives'
import type {Change} from '../change'
import type {Comparer} from './comparer'
import type {Condition} from '../form/conditions'
import {wholeEvent} from '../../event-path'
import {formOf, type Form} from '../form/form'
import {kindsChange} from './kinds-change'
import {noteChanges} from './note-changes'
import {Sameness} from '../form/same'
import type {Place, Side} from '../form/side'
import {compareUnions} from './unions'
import {kinds} from '../form/values'
import {valuesChange} from './values-change'

/** More pairs of places and options, and more changes, than this come of unions in unions and of definitions in definitions alone. */
const maxPairs = 60_000
const maxChanges = 50_000

/**
 * Compares two schemas place by place. It leaves nothing out: where every change is safe for producers, each value of the old schema is one
 * of the new; where every change is safe for consumers, each value of the new is one of the old.
 */
export class Comparison implements Comparer {
  private readonly same: Sameness
  private readonly exact: Sameness
  private readonly forms = new Map<string, Form>()
  /** Pairs of places that are compared further out, with their depth: what differs there is told there. */
  private readonly open = new Map<string, number>()
  /** What was found between pairs of places, as seen from there. */
  private readonly known = new Map<string, readonly Change[]>()
  /** The outermost open pair that was met again since the innermost one was opened. */
  private outermost = Number.POSITIVE_INFINITY
  private pairCount = 0

  constructor(
    readonly old: Side,
    readonly next: Side,
  ) {
    this.same = new Sameness(old, next, false)
    this.exact = new Sameness(old, next, true)
  }

  /** See `Comparer`. Throws `SCHEMA_TOO_ENTANGLED` (usage). */
  places(a: Place, b: Place, path: string): Change[] {
    const pair = `${a.id} ${b.id}`
    const openAt = this.open.get(pair)
    if (openAt !== undefined) {
      this.outermost = Math.min(this.outermost, openAt)
      return []
    }
    if (this.isExactlyTheSame(a, b)) return []
    const found = this.known.get(pair) ?? this.opened(pair, () => this.compareForms(a, b))
    return [...noteChanges(a, b, path), ...found.map((change) => ({...change, path: path + change.path}))]
  }

  isSameCondition(a: Condition, b: Condition): boolean {
    return a.keyword === b.keyword && this.same.holds(a.body, b.body)
  }

  /** Compares a pair while it counts as open. What is found is remembered, unless it rests on a pair that is still open. */
  private opened(pair: string, compare: () => Change[]): readonly Change[] {
    this.count()
    const depth = this.open.size
    const outer = this.outermost
    this.outermost = Number.POSITIVE_INFINITY
    this.open.set(pair, depth)
    const changes = compare()
    if (changes.length > maxChanges) throw tooEntangled()
    this.open.delete(pair)
    const isSettled = this.outermost >= depth
    if (isSettled) this.known.set(pair, changes)
    this.outermost = isSettled ? outer : Math.min(outer, this.outermost)
    return changes
  }

  private isExactlyTheSame(a: Place, b: Place): boolean {
    if (a.isNever || b.isNever) return a.isNever === b.isNever
    return a.notes.length === b.notes.length && a.notes.every((note, i) => this.exact.holds(note, b.notes[i]))
  }

  private compareForms(a: Place, b: Place): Change[] {
    const path = wholeEvent
    const [before, after] = [this.formOf(this.old, a), this.formOf(this.next, b)]
    return [
      ...kindsChange(before, after, path),
      ...valuesChange(before, after, path, {
        takenBefore: (value) => this.old.accepts(a, value),
        takenAfter: (value) => this.next.accepts(b, value),
      }),
      ...kinds.flatMap((kind) =>
        compareUnions(
          before.alternatives.filter((alternative) => alternative.kind === kind),
          after.alternatives.filter((alternative) => alternative.kind === kind),
          path,
          (x, y, at) => {
            this.count()
            return compareAlternatives(this, x, y, at)
          },
        ),
      ),
    ]
  }

  private count(): void {
    this.pairCount += 1
    if (this.pairCount > maxPairs) throw tooEntangled()
  }

  private formOf(side: Side, place: Place): Form {
    const key = `${side === this.old ? 'old' : 'new'} ${place.id}`
    const form = this.forms.get(key) ?? formOf(side, place)
    this.forms.set(key, form)
    return form
  }
}

function tooEntangled(): OpError {
  return new OpError(
    'usage',
    'SCHEMA_TOO_ENTANGLED',
    `The schemas multiply themselves, by unions in unions or definitions in definitions: there are more than ${maxPairs} pairs of places and options to compare, or as many changes.`,
  )
}
