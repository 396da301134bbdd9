import {mayHoldLargeExponent, mayHoldLongNumber} from './values/comparable-number'
import {compileRules} from './match/compile-rules'
import type {CompiledBranch, CompiledRules} from './match/compile-rules'
import {holdsFor} from './match/condition'
import type {Condition} from './match/condition'
import {EventFields} from './match/event-fields'
import {FieldIndex} from './match/field-index'
import type {Leaf} from './values/leaf'
import type {Pattern} from './pattern'
import {holdInSameElements} from './match/same-element'
import {scanEvent} from './match/scan-event'
import {walkEvent} from './match/walk-event'

/** A field with more values than this is one of a list. */
const fewValues = 8

/**
 * Rules against which events are matched. The time for an event depends on the fields that it has and on the rules that it
 * comes near to, not on the number of rules. Not changed once compiled; matching keeps its working memory in here and is
 * synchronous.
 */
export class RuleSet<K> {
  readonly #keys: readonly K[]
  readonly #rules: CompiledRules
  readonly #fields: EventFields
  /** Numbers the events, so that what was noted for one is void for the next. */
  #event = 0
  /** By condition: the last event for which it held, and for which it did not. */
  readonly #held: Float64Array
  readonly #missed: Float64Array
  /** By path: finds all conditions that a value can lead to; made when a field first has many values. */
  readonly #fullIndexes: (FieldIndex | undefined)[] = []
  /** By path: the last event for which that was used. */
  readonly #fullyFoundIn: Float64Array
  /** By rule: the last event that it matched. */
  readonly #matchedIn: Float64Array
  /** Conditions that values of the current event led to: the first `#hitCount` of these. */
  readonly #hits: Int32Array
  #hitCount = 0
  /** Rules that the current event matches: the first `#matchedCount` of these. */
  readonly #matched: Int32Array
  #matchedCount = 0
  /** Whether a rule that looks at numbers is among them. */
  #matchedByNumber = false
  readonly #hit = (condition: number): void => {
    if (this.#held[condition] === this.#event) return
    this.#held[condition] = this.#event
    this.#hits[this.#hitCount++] = condition
  }

  private constructor(keys: readonly K[], rules: CompiledRules) {
    this.#keys = keys
    this.#rules = rules
    this.#fields = new EventFields(rules.isNumeric, rules.readsDigits, rules.gainsByText)
    this.#held = new Float64Array(rules.conditions.length)
    this.#missed = new Float64Array(rules.conditions.length)
    this.#fullyFoundIn = new Float64Array(rules.indexes.length)
    this.#matchedIn = new Float64Array(keys.length)
    this.#hits = new Int32Array(rules.conditions.length)
    this.#matched = new Int32Array(keys.length)
  }

  /** Makes rules ready for matching. `key` is what `match` answers for a rule. */
  static compile<K>(rules: Iterable<{key: K; pattern: Pattern}>): RuleSet<K> {
    const list = [...rules]
    return new RuleSet(
      list.map(({key}) => key),
      compileRules(list.map(({pattern}) => pattern)),
    )
  }

  /**
   * The keys of all rules that match an event, in the order in which the rules were given. `eventText` is the event's JSON
   * text. Throws `BAD_EVENT` when it is not one JSON object, nests deeper than 1,000 levels, or has arrays too entangled or
   * too large to be matched.
   */
  match(eventText: string): K[] {
    this.#fields.clear()
    scanEvent(eventText, this.#rules.root, this.#fields)
    return this.#decide()
  }

  /**
   * As `match`, for an event that has already been parsed by `JSON.parse`. With `eventText`, the text that it was parsed
   * from, numbers that a double does not hold are matched by what is written; without it by what is left of them. Of a key
   * that stands twice only the last value is left. Throws `BAD_EVENT`.
   */
  matchParsed(event: unknown, eventText?: string): K[] {
    this.#fields.clear()
    walkEvent(event, this.#rules.root, this.#fields)
    const keys = this.#decide()
    // A rule that does not match by what doubles hold does not match by the text either, but for those that gain by it.
    const mayMatter = this.#matchedByNumber || this.#fields.hasGainingNumber
    return mayMatter && eventText !== undefined && this.#mayDiffer(eventText) ? this.match(eventText) : keys
  }

  /** Whether a number that a rule looks at may be written otherwise than `JSON.parse` has kept it. */
  #mayDiffer(eventText: string): boolean {
    const {hasNumber, hasExtremeNumber, hasSpelledNumber} = this.#fields
    return (
      hasSpelledNumber ||
      (hasNumber && mayHoldLongNumber(eventText)) ||
      (hasExtremeNumber && mayHoldLargeExponent(eventText))
    )
  }

  #decide(): K[] {
    this.#event++
    this.#hitCount = 0
    this.#matchedCount = 0
    this.#matchedByNumber = false
    const {present, presentCount} = this.#fields
    for (let index = 0; index < presentCount; index++) this.#lookup(present[index] ?? 0)
    for (let index = 0; index < this.#hitCount; index++) {
      this.#tryAll(this.#rules.byCondition[this.#hits[index] ?? 0])
    }
    const {byField} = this.#rules
    if (byField !== undefined) {
      for (let index = 0; index < presentCount; index++) this.#tryAll(byField[present[index] ?? 0])
    }
    this.#tryAll(this.#rules.always)
    return this.#answer()
  }

  #lookup(field: number): void {
    const leaves = this.#fields.of(field)
    if (leaves.length > fewValues) {
      this.#lookupMany(field, leaves)
      return
    }
    const index = this.#rules.indexes[field]
    if (index !== undefined) for (const leaf of leaves) index.lookup(leaf, this.#hit)
  }

  /** To try each condition with each of many values would take too long; all of them are looked up. */
  #lookupMany(field: number, leaves: readonly Leaf[]): void {
    const index = (this.#fullIndexes[field] ??= new FieldIndex(this.#rules.findable[field] ?? []))
    this.#fullyFoundIn[field] = this.#event
    for (const leaf of leaves) this.#fields.spend(1 + index.lookup(leaf, this.#hit))
  }

  #answer(): K[] {
    const count = this.#matchedCount
    if (count > 1) this.#matched.subarray(0, count).sort()
    const keys: K[] = []
    for (let index = 0; index < count; index++) keys.push(this.#keys[this.#matched[index] ?? 0] as K)
    return keys
  }

  #tryAll(branches: readonly CompiledBranch[] | undefined): void {
    if (branches === undefined) return
    for (const branch of branches) {
      if (this.#matchedIn[branch.rule] !== this.#event && this.#matches(branch)) {
        this.#matchedIn[branch.rule] = this.#event
        this.#matched[this.#matchedCount++] = branch.rule
        if (branch.isNumeric) this.#matchedByNumber = true
      }
    }
  }

  #matches({checks, conditions}: CompiledBranch): boolean {
    for (const condition of checks) if (!this.#holds(condition)) return false
    return !this.#fields.hasMembership || holdInSameElements(conditions, this.#fields)
  }

  /** Whether a condition can hold, no regard being paid to which element of an array a value stands in. */
  #holds(condition: Condition): boolean {
    const {id} = condition
    if (this.#held[id] === this.#event) return true
    if (this.#rules.isFound[id] === true || this.#missed[id] === this.#event) return false
    if (condition.entries !== undefined && this.#fullyFoundIn[condition.field] === this.#event) return false
    const holds = this.#try(condition)
    ;(holds ? this.#held : this.#missed)[id] = this.#event
    return holds
  }

  #try(condition: Condition): boolean {
    const leaves = this.#fields.of(condition.field)
    // A field that stands only in elements of arrays may be absent from the element that the others settle on.
    if (condition.absent && leaves.every((leaf) => leaf.inside !== undefined)) return true
    if (leaves.length > fewValues) this.#fields.spend(leaves.length * condition.tests.length)
    for (const leaf of leaves) if (holdsFor(condition, leaf)) return true
    return false
  }
}
