/** One clause of a pattern that an event does not satisfy. */
export interface Miss {
  /** Dotted path of the field, as `FieldCondition.path`. */
  path: string
  /** The field's array as it stands in the pattern, as a JSON value with exact numbers. */
  wanted: unknown
  /**
   * The value seen in the event, as a JSON value with exact numbers; missing where the event has no such field. For a field
   * in arrays, or met several times, the array of all values seen. An object is shown as that object.
   */
  seen?: unknown
  /**
   * A JSON value that, put in place of the one seen, would have satisfied this clause; the nearest to what was seen. Missing
   * where there is none, or where nearly any value would do (`exists: true`, `anything-but`).
   */
  nearest?: unknown
  /** One plain sentence: what is wrong with the value seen and what would have matched. */
  why: string
  /** Path of a field that the event has instead of an absent one: of a similar name, or of the same name elsewhere. */
  similar?: string
  /** Where the clause holds by itself: path of the array in whose elements it does not hold together with others. */
  array?: string
}
