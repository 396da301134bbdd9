/** What values a field has; an `object` has none of its own. */
export type FieldType = 'string' | 'number' | 'integer' | 'boolean' | 'object'

/** A field that events are known to have, and that a condition can name. */
export interface KnownField {
  /** From the root of the event: `detail.customer.id`. */
  path: string
  type: FieldType
  /** True for an object that may have any members: `detail.attributes`. */
  isFree: boolean
  description: string
}
