/** The elements of arrays that a value stands in, from the innermost outwards. */
export interface Membership {
  /** A number that is this array's own within one event. */
  array: number
  /** Which element of it. */
  index: number
  parent: Membership | undefined
}

/** One scalar of an event, as matching sees it. */
export interface Leaf {
  kind: 'string' | 'number' | 'literal'
  /** A string's content; a number, `true`, `false` or `null` as it is written. */
  text: string
  /** The value of a number, unless a double cannot hold it. */
  value: number | undefined
  /** Undefined outside of arrays. Scalars that are themselves elements of an array are not bound to it. */
  inside: Membership | undefined
}
