/**
 * A sampler of ranks with Zipf's law: rank `k` (from 0) has a weight of `1 / (k + 1)^exponent`. Answers a function that
 * turns a uniform number (0 inclusive to 1 exclusive) into a rank, in logarithmic time.
 */
export function zipf(count: number, exponent: number): (uniform: number) => number {
  const cumulative = new Float64Array(count)
  let total = 0
  for (let rank = 0; rank < count; rank++) {
    total += 1 / (rank + 1) ** exponent
    cumulative[rank] = total
  }
  return (uniform) => firstAbove(cumulative, uniform * total)
}

/** The first index whose value is greater than `wanted`, the last one if there is none. */
function firstAbove(sorted: Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}
