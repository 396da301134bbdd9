import {Budget} from './budget'
import {Alternative} from './alternative'
import {Demand} from './demand'
import type {EventShape, FieldShape} from './event-shape'
import {placeOf} from './field-place'
import type {FieldPlace} from './field-place'
import {FieldSolver, quote} from './field-solver'
import {findValue} from './find-value'
import {piecesOf, wholePiece} from './piece'
import type {Piece} from './piece'
import type {FieldCondition, Pattern, Position} from '../pattern'

/** A part of a pattern that could be left out, or that does not do what it seems to. */
export interface IdlePart {
  kind: 'dead-alternative' | 'dead-branch' | 'always-true' | 'covered'
  /** The field that it belongs to. */
  path: string
  /** The part as it is written: one alternative, or the array of a field. */
  text: string
  /** A sentence. */
  reason: string
  /** Where the part begins in the pattern. */
  position: Position
}

/** So many pairs of alternatives of one pattern are compared. */
const pairLimit = 500_000

type FoundPlace = Extract<FieldPlace, {kind: 'field'}>

/** The conditions of all branches, each place in the pattern once. */
function conditionsOf({branches}: Pattern): FieldCondition[] {
  return [...new Set(branches.flatMap((branch) => [...branch.values()]))]
}

class IdleSearch {
  readonly #budget = new Budget()
  readonly #solver: FieldSolver
  readonly #found: IdlePart[] = []
  #pairs = 0

  constructor(
    readonly pattern: Pattern,
    readonly shape: EventShape,
  ) {
    this.#solver = new FieldSolver(shape, this.#budget)
  }

  run(): IdlePart[] {
    this.#addDeadBranches()
    for (const condition of conditionsOf(this.pattern)) {
      if (this.#isDead(condition)) continue
      const live = this.#addDeadAlternatives(condition)
      const place = placeOf(this.shape, condition.path)
      if (place.kind === 'missing' || place.field.kind === 'object') continue
      const reason = place.field.kind === 'list' ? undefined : this.#alwaysTrue(condition, place)
      if (reason === undefined) this.#addCovered(live, place.field)
      else this.#add('always-true', wholePiece(condition), reason)
    }
    return this.#found.sort(
      (a, b) => a.position.line - b.position.line || a.position.column - b.position.column,
    )
  }

  #isDead(condition: FieldCondition): boolean {
    return this.#solver.solve([condition]).kind === 'none'
  }

  #add(kind: IdlePart['kind'], {condition, text, position}: Piece, reason: string): void {
    this.#found.push({kind, path: condition.path, text, reason, position})
  }

  /** Conditions by which a branch is dead, unless every branch is. */
  #addDeadBranches(): void {
    const dead = this.pattern.branches.map((branch) =>
      [...branch.values()].find((condition) => this.#isDead(condition)),
    )
    if (dead.every((condition) => condition !== undefined)) return
    for (const condition of new Set(dead)) {
      if (condition === undefined) continue
      const solution = this.#solver.solve([condition])
      const reason = solution.kind === 'none' ? solution.reason : ''
      this.#add('dead-branch', wholePiece(condition), reason)
    }
  }

  /** The alternatives that are not dead. */
  #addDeadAlternatives(condition: FieldCondition): Piece[] {
    return piecesOf(condition).filter((piece) => {
      const solution = this.#solver.solve([piece.condition])
      if (solution.kind === 'none') this.#add('dead-alternative', piece, solution.reason)
      return solution.kind !== 'none'
    })
  }

  /** What to say of a condition that holds for every value of its field; undefined where that is not known. */
  #alwaysTrue({alternatives, ...rest}: FieldCondition, {field, alwaysThere}: FoundPlace): string | undefined {
    const has = (value: boolean): boolean =>
      alternatives.some((test) => test.kind === 'exists' && test.value === value)
    // To ask whether a field is there is no idle question, unless it always is.
    if (has(true) && !has(false) && !alwaysThere) return undefined
    const scalars = alternatives.filter((test) => test.kind !== 'exists' || test.value)
    if (scalars.length === 0) return undefined
    const failing = new Demand({...rest, alternatives: scalars}, true)
    if (findValue([failing], field, this.#budget).kind !== 'none') return undefined
    return has(false)
      ? `It matches whatever ${rest.path} is, and where there is none.`
      : `It matches every value of ${rest.path}.`
  }

  /** Of alternatives that match the same, the first stays. */
  #addCovered(pieces: readonly Piece[], field: FieldShape): void {
    const left = pieces.map((piece) => ({piece, alternative: this.#alternative(piece)}))
    for (let index = left.length - 1; index >= 0; index--) {
      const part = left[index]
      if (part === undefined) continue
      const whole = left.find(
        (other) => other !== part && this.#covers(other.alternative, part.alternative, field),
      )
      if (whole === undefined) continue
      left.splice(index, 1)
      const reason = `${quote(part.piece.text)} adds nothing to ${quote(whole.piece.text)}, which matches all that it does.`
      this.#add('covered', part.piece, reason)
    }
  }

  #alternative({condition}: Piece): Alternative {
    const [test = {kind: 'exists', value: true} as const] = condition.alternatives
    const solution = this.#solver.solve([condition])
    return new Alternative(condition, test, solution.kind === 'value' ? solution.json : undefined)
  }

  #covers(whole: Alternative, part: Alternative, field: FieldShape): boolean {
    return ++this.#pairs <= pairLimit && whole.covers(part, field, this.#budget)
  }
}

/**
 * The parts of a pattern that add nothing for events of a shape:
 * - `dead-alternative`: an alternative that matches no event, though others of its field do;
 * - `dead-branch`: a field on which a combination of `$or` fails, though other combinations live;
 * - `always-true`: a field that matches whatever value it has (or, with `exists: false`, always);
 * - `covered`: an alternative beside another that matches all that it does; not said of a field that is always true.
 * Whatever is reported is certain; where finding out takes too long it is not reported. A pattern that is dead as a whole
 * is the business of `findEvent`.
 */
export function idleParts(pattern: Pattern, shape: EventShape): IdlePart[] {
  return new IdleSearch(pattern, shape).run()
}
