/**
 * A query that ends FAILED: not an error of the API, but the query's own end. The message is its StateChangeReason.
 * `errorType` is Athena's number where its documentation names one: 1006 syntax or meaning, 1110 table missing.
 */
export class SqlFailure extends Error {
  constructor(
    message: string,
    readonly errorType?: number,
    /** 1 system, 2 user, 3 other. */
    readonly errorCategory = 2,
  ) {
    super(message)
    this.name = 'SqlFailure'
  }
}

/** `line 3:12` of a place in a text, both counted from 1, as Athena writes positions. */
export function lineAt(sql: string, place: number): string {
  const before = sql.slice(0, place).split('\n')
  return `line ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

/** What the endpoint does not run although Athena does; the reason names the construct. */
export function notSupported(what: string): SqlFailure {
  return new SqlFailure(
    `NOT_SUPPORTED: ${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`,
    undefined,
    3,
  )
}
