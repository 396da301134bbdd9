/**
 * What casts that must fail are given to cast, so that DuckDB's own failure says why: its `error()` cannot stand within TRY.
 */

/** Trino divides whole numbers and decimals by zero never. */
export const byZero = 'Division by zero'

/** A quotient of decimals has digits by rules that DuckDB does not have. */
export const decimalDivision = 'Division of decimals'

/** Before the text that is to be cast to a whole number and is none for Trino. */
export const notWhole = 'not whole: '
