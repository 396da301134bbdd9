/** A place in the pattern's text; both count from 1. */
export interface Position {
  line: number
  column: number
}

/** One end of a numeric range. */
export interface NumericBound {
  /** The number as it stands in the pattern. */
  text: string
  value: number
  inclusive: boolean
}

/** Addresses from `low` to `high`, both inclusive, as upper-case hexadecimal digits: 8 for IPv4, 32 for IPv6. */
export interface AddressRange {
  low: string
  high: string
}

/** What `anything-but` excludes. */
export type Excluded =
  | {of: 'strings'; values: string[]}
  | {of: 'numbers'; values: {text: string; value: number}[]}
  | {of: 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case'; values: string[]}

/** One alternative in the array of a field. */
export type Test =
  /** A bare string. One that is an IP address matches every spelling of that address (`address`). */
  | {kind: 'string'; value: string; address: string | undefined}
  /** `{"exactly": "text"}`: the text itself, whatever it looks like. */
  | {kind: 'exactly'; value: string}
  /** A bare number. `value` is undefined where a double cannot hold it; such numbers are compared by their text. */
  | {kind: 'number'; text: string; value: number | undefined}
  | {kind: 'literal'; value: true | false | null}
  | {kind: 'prefix' | 'suffix'; value: string; ignoreCase: boolean}
  | {kind: 'equals-ignore-case'; value: string}
  | {kind: 'wildcard'; value: string}
  | {kind: 'numeric'; lower: NumericBound | undefined; upper: NumericBound | undefined}
  | {kind: 'cidr'; value: string; range: AddressRange}
  | {kind: 'exists'; value: boolean}
  | {kind: 'anything-but'; excluded: Excluded}

/** What is asked of one field: it matches when one of `alternatives` does. */
export interface FieldCondition {
  /** The path of the field from the root of the event, its steps joined by dots: `detail.customer.plan`. */
  path: string
  alternatives: Test[]
  /** Where the field's array starts. */
  position: Position
  /** The field's array as it is written in the pattern. */
  source: string
}

/** Conditions that must all hold, by path. A pattern without `$or` has exactly one branch. */
export type Branch = ReadonlyMap<string, FieldCondition>

/** A branch that EventBridge takes for an earlier one, and forgets. */
export interface LostBranch {
  branch: Branch
  earlier: Branch
  /**
   * False where EventBridge may as well keep the branch: whether it does differs from one time that it reads the pattern to
   * the next, or hangs on how its automaton lays out the alternatives.
   */
  isSure: boolean
}

/**
 * A valid event pattern. An event matches when one of `branches` does: `$or` is multiplied out, so that
 * `{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}` has the branches `a and b` and `a and c`.
 */
export interface Pattern {
  text: string
  /** Without those that are lost for sure. */
  branches: Branch[]
  /** Branches of the text that are lost, or may be. */
  lost: LostBranch[]
}
