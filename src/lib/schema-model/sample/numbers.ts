import type {JsonObject} from '../json-object'
import type {Chance} from './chance'
import {numbersSaid, said} from './wish'

/** The usual span of a number of which little is said. */
const span = 1000
/** No further from zero where the bounds leave room: 64 bits are more than a double holds. */
const far = 1_000_000

/** A number that keeps the bounds and `multipleOf` of the schemas; a bound itself now and then. */
export function sampleNumber(nodes: readonly JsonObject[], isInteger: boolean, chance: Chance): number {
  const whole = isInteger || said(nodes, 'format').some((format) => format === 'int32' || format === 'int64')
  const {low, high, isLowOut, isHighOut} = boundsOf(nodes)
  const steps = [...numbersSaid(nodes, 'multipleOf').filter((step) => step > 0), ...(whole ? [1] : [])]
  const step = stepOf(steps)
  if (step === undefined) return between(low, high, isLowOut, isHighOut, chance)
  let first = Math.ceil(low / step)
  if (isLowOut && first * step <= low) first += 1
  let last = Math.floor(high / step)
  if (isHighOut && last * step >= high) last -= 1
  const count = chance.oneIn(8)
    ? chance.oneIn(2)
      ? first
      : last
    : chance.between(first, Math.max(first, last))
  return rounded(count * step)
}

interface Bounds {
  low: number
  high: number
  /** Whether the bound itself does not count. */
  isLowOut: boolean
  isHighOut: boolean
}

function boundsOf(nodes: readonly JsonObject[]): Bounds {
  const int32 = said(nodes, 'format').includes('int32')
  const min = Math.max(...numbersSaid(nodes, 'minimum'), int32 ? -(2 ** 31) : -Infinity)
  const over = Math.max(...numbersSaid(nodes, 'exclusiveMinimum'), -Infinity)
  const max = Math.min(...numbersSaid(nodes, 'maximum'), int32 ? 2 ** 31 - 1 : Infinity)
  const under = Math.min(...numbersSaid(nodes, 'exclusiveMaximum'), Infinity)
  let [low, high] = [Math.max(min, over), Math.min(max, under)]
  const [isLowOut, isHighOut] = [over >= min && over === low, under <= max && under === high]
  const isLowSaid = low > -far
  const isHighSaid = high < far
  if (!isLowSaid)
    low = isHighSaid && high < 0 ? Math.max(low, high - span) : high < -far ? high - span : Math.max(low, 0)
  if (!isHighSaid) high = Math.min(high, Math.max(low, 0) + span)
  return {low, high, isLowOut, isHighOut}
}

/** A step that keeps all of them: their least common multiple, found among the multiples of the longest. */
function stepOf(steps: readonly number[]): number | undefined {
  const longest = Math.max(...steps)
  if (steps.length === 0) return undefined
  for (let factor = 1; factor <= 1000; factor++) {
    const candidate = longest * factor
    if (steps.every((step) => Math.abs(candidate / step - Math.round(candidate / step)) < 1e-9))
      return candidate
  }
  return longest
}

function between(low: number, high: number, isLowOut: boolean, isHighOut: boolean, chance: Chance): number {
  if (!isLowOut && chance.oneIn(16)) return low
  if (!isHighOut && chance.oneIn(16)) return high
  const exact = low + chance.uniform() * (high - low)
  const short = Math.round(exact * 100) / 100
  const isInside =
    (short > low || (short === low && !isLowOut)) && (short < high || (short === high && !isHighOut))
  return isInside ? short : low === high ? low : (low + high) / 2
}

/** Without the error of binary fractions: 0.30000000000000004 is 0.3. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(12))
}
