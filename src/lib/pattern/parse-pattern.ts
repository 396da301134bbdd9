import {sortBranches} from './branches/lost-branches'
import {JsonTokens} from './syntax/json-tokens'
import {parseTest} from './syntax/parse-test'
import type {Branch, FieldCondition, Pattern, Test} from './pattern'
import {PatternError} from './syntax/pattern-error'
import {Places, positionAt} from './syntax/position'
import {isTooComplex} from './syntax/wildcard-complexity'

export {awsMessage, PatternError} from './syntax/pattern-error'

/** The longest pattern that EventBridge takes unless its quota is raised, in characters; the caller applies it. */
export const patternLengthLimit = 2048
/** The most branches that the `$or`s of a pattern may multiply out to. */
export const branchCountLimit = 1000
/** The most fields that a branch may name. */
export const fieldCountLimit = 256

/** Words that make `$or` an ordinary field when one of its objects uses them as a key. */
const reserved: ReadonlySet<string> = new Set([
  ...[
    'exactly',
    'equals-ignore-case',
    'prefix',
    'suffix',
    'anything-but',
    'exists',
    'wildcard',
    'numeric',
    'cidr',
  ],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
])

type OpenBranch = Map<string, FieldCondition>

class PatternReader {
  /** Whether a `$or` was met: only then can reading it as an ordinary field change anything. */
  metOr = false
  readonly #tokens: JsonTokens
  readonly #places: Places
  #steps: string[] = []
  #branches: OpenBranch[] = []

  /** `legacy` reads as EventBridge's older compiler: `$or` is a field like any other. */
  constructor(
    text: string,
    readonly legacy: boolean,
  ) {
    this.#tokens = new JsonTokens(text)
    this.#places = new Places(text)
  }

  read(): Branch[] {
    if (this.#tokens.next() !== 'start-object') this.#tokens.fail('Filter is not an object')
    // EventBridge stops reading at the closing brace; what follows it is not looked at.
    this.#readObject(false)
    return this.#branches
  }

  #readObject(insideOr: boolean): void {
    const tokens = this.#tokens
    let isEmpty = true
    while (tokens.next() !== 'end-object') {
      isEmpty = false
      const name = tokens.name
      const start = tokens.start
      this.#steps.push(name)
      tokens.path = this.#steps.join('.')
      if (name === '$or') this.metOr = true
      if (name === '$or' && !this.legacy) {
        this.#steps.pop()
        this.#readOr()
        continue
      }
      if (insideOr && reserved.has(name)) {
        tokens.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`)
      }
      this.#readMember(name, start, insideOr)
      this.#steps.pop()
    }
    tokens.path = this.#steps.join('.')
    if (isEmpty) tokens.fail('Empty objects are not allowed')
  }

  #readMember(name: string, start: number, insideOr: boolean): void {
    const token = this.#tokens.next()
    if (token === 'start-object') this.#readObject(insideOr)
    else if (token === 'start-array') this.#readField(start)
    else this.#tokens.fail(`"${name}" must be an object or an array`)
  }

  #readOr(): void {
    const tokens = this.#tokens
    const before = this.#branches.length === 0 ? [new Map<string, FieldCondition>()] : this.#branches
    if (tokens.next() !== 'start-array') tokens.fail('It must be an Array followed with $or.')
    const after: OpenBranch[] = []
    let count = 0
    for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
      if (token !== 'start-object') {
        tokens.fail('Only JSON object is allowed in array of $or relationship.')
      }
      count++
      this.#branches = before.map((branch) => new Map(branch))
      this.#readObject(true)
      after.push(...this.#branches)
      if (after.length > branchCountLimit) {
        this.#refuse(`Rule is too complex - $or multiplies out to more than ${branchCountLimit} combinations`)
      }
    }
    if (count < 2) tokens.fail('There must have at least 2 Objects in $or relationship.')
    this.#branches = after
  }

  /** The path of the current field. An empty name at the front leaves no trace, as on EventBridge. */
  #path(): string {
    const parents = this.#steps.slice(0, -1).join('.')
    const last = this.#steps.at(-1) ?? ''
    return parents === '' ? last : `${parents}.${last}`
  }

  #readField(nameStart: number): void {
    const tokens = this.#tokens
    const start = tokens.start
    const alternatives: Test[] = []
    for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
      alternatives.push(parseTest(tokens, token, this.legacy))
    }
    if (alternatives.length === 0) tokens.fail('Empty arrays are not allowed')
    if (isTooComplex(alternatives)) {
      this.#refuse(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a ' +
          'wildcard character',
        nameStart,
      )
    }
    const position = this.#places.at(start)
    const source = tokens.text.slice(start, tokens.position)
    this.#put({path: this.#path(), alternatives, position, source})
  }

  /** Throws for what no compiler would mind, but EventBridge does; it names no place. */
  #refuse(reason: string, at: number = this.#tokens.start): never {
    const {text, path} = this.#tokens
    throw new PatternError({reason, readTo: undefined}, positionAt(text, at), path)
  }

  /** The last one to name a path wins, in every branch that is open. */
  #put(condition: FieldCondition): void {
    if (this.#branches.length === 0) this.#branches = [new Map<string, FieldCondition>()]
    for (const branch of this.#branches) {
      branch.set(condition.path, condition)
      if (branch.size > fieldCountLimit) {
        this.#refuse(`Size of rule exceeds max value of ${fieldCountLimit}`)
      }
    }
  }
}

function attempt(reader: PatternReader): Branch[] | PatternError {
  try {
    return reader.read()
  } catch (error) {
    if (error instanceof PatternError) return error
    throw error
  }
}

/**
 * Reads an event pattern as EventBridge does. Throws PatternError (`BAD_PATTERN`) on one that EventBridge would refuse;
 * its length is not looked at (`patternLengthLimit`).
 *
 * Where a pattern with `$or` is not valid, EventBridge reads it again with the compiler it had before `$or` was invented,
 * for the sake of events that have a field of that name; what that compiler says is what its caller gets to see.
 */
export function parsePattern(text: string): Pattern {
  const reader = new PatternReader(text, false)
  const result = attempt(reader)
  if (!(result instanceof PatternError)) return {text, ...sortBranches(result)}
  if (!reader.metOr || result.readTo === undefined) throw result
  const older = attempt(new PatternReader(text, true))
  if (!(older instanceof PatternError)) return {text, ...sortBranches(older)}
  const {line, column, path, reason} = result
  throw new PatternError(older, {line, column}, path, reason)
}
