import type {Row} from '../../core/column'
import {addDecimals, compareDecimals, subtractDecimals} from '../../core/money'
import type {Decimal} from '../../core/money'
import {exactCount, exactQuantity} from '../exact'
import {sumLike} from '../sum-like'

/** What one customer and plan (and meter, or day) of a closed month comes to now, less what was billed for it. */
export interface Difference {
  row: Row
  /** What was billed so far, and what it is as known now; undefined where nothing of it has a price. */
  billed: Decimal | undefined
  known: Decimal | undefined
}

interface Sums {
  calls: bigint | undefined
  units: Decimal | undefined
  amounts: Decimal[]
}

/**
 * The difference of two bills of one month, row by row: rows are told apart by `keys`. Totals are compared and not late events priced, so that tiers, minimum
 * and cap come out as if everything had been known from the start. What did not change is left out. In the order of the keys.
 */
export function differencesOf(
  known: readonly Row[],
  billed: readonly Row[],
  keys: readonly string[],
): Difference[] {
  const [after, before] = [sumsBy(known, keys), sumsBy(billed, keys)]
  const all = [...new Set([...after.keys(), ...before.keys()])].sort()
  return all.flatMap((key) => {
    const difference = differenceOf(namesOf(key, keys), after.get(key), before.get(key))
    return difference ? [difference] : []
  })
}

function namesOf(key: string, keys: readonly string[]): Row {
  const values = JSON.parse(key) as (string | null)[]
  return Object.fromEntries(
    keys.flatMap((name, i) => {
      const value = values[i]
      return value === null || value === undefined ? [] : [[name, value]]
    }),
  )
}

function sumsBy(rows: readonly Row[], keys: readonly string[]): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  for (const row of rows) {
    const key = JSON.stringify(keys.map((name) => row[name] ?? null))
    const {calls, units, amounts} = sums.get(key) ?? {calls: undefined, units: undefined, amounts: []}
    sums.set(key, {
      calls: row['calls'] === undefined ? calls : (calls ?? 0n) + BigInt(String(row['calls'])),
      units: row['units'] === undefined ? units : addDecimals([units ?? '0', String(row['units'])]),
      amounts: row['amount'] === undefined ? amounts : [...amounts, String(row['amount'])],
    })
  }
  return sums
}

const nothing: Sums = {calls: undefined, units: undefined, amounts: []}

function differenceOf(names: Row, after = nothing, before = nothing): Difference | undefined {
  const like = after.amounts[0] ?? before.amounts[0]
  const amountOf = ({amounts}: Sums) =>
    like === undefined || amounts.length === 0 ? undefined : sumLike(like, amounts)
  const [known, billed] = [amountOf(after), amountOf(before)]
  const calls = minus(after.calls, before.calls)
  const units = minusDecimals(after.units, before.units)
  const amount = minusDecimals(known, billed)
  const changed = [calls, units, amount].some(
    (value) => value !== undefined && compareDecimals(value, 0n) !== 0,
  )
  if (!changed) return undefined
  const row: Row = {
    ...names,
    ...(calls !== undefined && {calls: exactCount(calls)}),
    ...(units !== undefined && {units: exactQuantity(units)}),
    ...(amount !== undefined && {amount: sumLike(like ?? '0', [amount])}),
  }
  return {row, billed, known}
}

function minus(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0n) - (b ?? 0n)
}

function minusDecimals(a: Decimal | undefined, b: Decimal | undefined): Decimal | undefined {
  return a === undefined && b === undefined ? undefined : subtractDecimals(a ?? '0', b ?? '0')
}
