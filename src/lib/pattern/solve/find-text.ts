import type {Budget} from './budget'
import {addressRangeOf, colonGlob, dottedGlob, spellAddress} from './address-bits'
import type {Demand} from './demand'
import type {Glob} from './glob'
import {GlobMachine} from './glob-machine'
import {textLeaf} from './leaves'
import {wildcardLiterals} from '../values/wildcard'
import {textClauses} from './text-clauses'
import {textRule} from './text-rule'
import type {TextClause, TextSearchResult} from './text-search'
import {searchText} from './text-search'
import type {Test} from '../pattern'

/** What is asked of a text beside the demands. */
export interface TextShape {
  form: readonly Glob[] | undefined
  /** A text that is taken when it will do. */
  example: string | undefined
}

/** So many texts are tried before all texts are gone through. */
const candidateLimit = 300
/** To test a value is so much less work than a step of other searches. */
const testsPerStep = 8
const readable = ['a', 'b', 'c', 'A', '1']

/** Whether a text has no half of a surrogate pair, which is no event to show to anybody. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

function textsIn(test: Test): string[] {
  const range = addressRangeOf(test)
  if (range !== undefined) {
    const ends = [spellAddress(range.low), spellAddress(range.high)]
    return test.kind === 'string' ? [test.value] : ends
  }
  switch (test.kind) {
    case 'string':
    case 'exactly':
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return [test.value]
    case 'wildcard':
      return [wildcardLiterals(test.value).join('')]
    default:
      return []
  }
}

/** All texts that alternatives match; undefined where they are more than the texts that are written there. */
function listedTexts(alternatives: readonly Test[]): string[] | undefined {
  const texts: string[] = []
  for (const test of alternatives) {
    if (textRule(test).kind === 'never') continue
    const isListed = test.kind === 'exactly' || (test.kind === 'string' && test.address === undefined)
    if (!isListed) return undefined
    texts.push(test.value)
  }
  return texts
}

/** Looks for a text that demands agree with. */
class TextSearch {
  readonly #form: GlobMachine | undefined

  constructor(
    readonly demands: readonly Demand[],
    readonly shape: TextShape,
    readonly budget: Budget,
  ) {
    this.#form = shape.form && new GlobMachine(shape.form)
  }

  run(): TextSearchResult {
    const all = this.#allTexts()
    if (all !== undefined) return this.#firstOf(all)
    const candidate = this.#firstOf(this.#candidates())
    if (candidate.kind === 'text') return candidate
    let unknown = candidate.kind === 'unknown'
    for (const attempt of this.#attempts()) {
      if (!this.budget.spend(1)) return {kind: 'unknown'}
      const result = attempt()
      if (result.kind === 'text' && isWellFormed(result.text) && this.#isRight(result.text)) return result
      unknown ||= result.kind !== 'none'
    }
    return {kind: unknown ? 'unknown' : 'none'}
  }

  #firstOf(texts: readonly string[]): TextSearchResult {
    const tests = this.demands.reduce((sum, {source}) => sum + source.alternatives.length, 0)
    let isMalformed = false
    for (const text of texts) {
      if (!this.budget.spend(Math.ceil(tests / testsPerStep))) return {kind: 'unknown'}
      if (!this.#isRight(text)) continue
      if (isWellFormed(text)) return {kind: 'text', text}
      isMalformed = true
    }
    return {kind: isMalformed ? 'unknown' : 'none'}
  }

  /** All texts that one of the demands agrees with, where these can be listed. */
  #allTexts(): string[] | undefined {
    const lists = this.demands.flatMap((demand) => {
      const texts = demand.negated ? undefined : listedTexts(demand.source.alternatives)
      return texts === undefined ? [] : [texts]
    })
    const [shortest] = lists.sort((a, b) => a.length - b.length)
    return shortest
  }

  #isRight(text: string): boolean {
    if (this.#form?.matches(text) === false) return false
    const leaf = textLeaf(text)
    return this.demands.every((demand) => demand.agrees(leaf))
  }

  #candidates(): string[] {
    const {example} = this.shape
    const own = this.demands.flatMap(({source}) => source.alternatives.flatMap(textsIn))
    const first = example === undefined ? [] : [example]
    return [...first, ...[...new Set(own)].slice(0, candidateLimit), ...readable]
  }

  /** Text that is no address; then, for every range that is asked for, text that is an address in it. */
  *#attempts(): Generator<() => TextSearchResult> {
    yield () => this.#search(undefined, undefined)
    const ranges = new Set(this.demands.flatMap((demand) => (demand.negated ? [] : demand.bits)))
    for (const bits of ranges) {
      const dotted = dottedGlob(bits)
      if (dotted !== undefined) yield () => this.#search(bits, dotted)
      yield () => this.#search(bits, colonGlob)
    }
  }

  #search(bits: string | undefined, glob: Glob | undefined): TextSearchResult {
    const clauses = textClauses(this.demands, bits, this.budget)
    if (clauses === undefined) return {kind: 'unknown'}
    const place = glob && new GlobMachine([glob])
    if (place !== undefined && !this.budget.spend(place.size)) return {kind: 'unknown'}
    const machines = [this.#form, place].filter((machine) => machine !== undefined)
    const fixed = machines.map((machine): TextClause => [{machine, negated: false}])
    return searchText([...fixed, ...clauses], this.shape.example ?? '', this.budget)
  }
}

/**
 * A text that all demands agree with, a readable one where there is one. `none` is certain; `unknown` where looking takes
 * too long, or only addresses with colons could do.
 */
export function findText(demands: readonly Demand[], shape: TextShape, budget: Budget): TextSearchResult {
  return new TextSearch(demands, shape, budget).run()
}
