/**
 * What a macro gives to a cast that must fail, so that the failure of the cast says why: DuckDB's own `error()` cannot stand within TRY. The text
 * ends up in the query's reason as it stands here, Trino's name of the failure first.
 */
export const failing = 'trino! '

/** Trino divides whole numbers and decimals by zero never. */
export const byZero = `${failing}DIVISION_BY_ZERO: Division by zero`

/** The reason of what the endpoint does not do, as `notSupported` words it. */
export function refusal(what: string): string {
  return `${failing}NOT_SUPPORTED: ${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`
}

/** A quotient of decimals has digits by rules that DuckDB does not have. */
export const decimalDivision = refusal('Division of decimals (cast one of them to DOUBLE)')

/** Before the text that is to be cast and is none that Trino casts. */
export const unfit = 'unfit: '

/** SQL of a text value that must fail with a reason: no cast to VARCHAR fails. */
export function failWith(reason: string): string {
  return `CAST(CAST('${reason.replaceAll("'", "''")}' AS INTEGER) AS VARCHAR)`
}
