/** The present moment, handed to everything that needs one: milliseconds since 1970-01-01T00:00:00Z. */
export type Now = () => number
