import {own} from '../../json-object'
import type {Answer} from '../change'
import {comparing, type Aspect, type CompareAspect} from './aspect'
import {formatAspect} from './format'
import type {Alternative} from '../form/form'
import {comparable} from '../form/values'

type Comparable = number | bigint

/** A bound of numbers: the first that is allowed, or the first that is not. */
interface Bound {
  limit: Comparable
  exclusive: boolean
}

/** The least whole number above, or from, a bound. */
function wholeFrom({limit, exclusive}: Bound): Bound {
  if (typeof limit === 'bigint') return {limit: exclusive ? limit + 1n : limit, exclusive: false}
  // Beyond this, one more is the same double.
  if (!Number.isSafeInteger(Math.ceil(limit))) return {limit, exclusive}
  return {limit: exclusive ? Math.floor(limit) + 1 : Math.ceil(limit), exclusive: false}
}

function negated({limit, exclusive}: Bound): Bound {
  return {limit: -limit, exclusive}
}

/** The tightest of the lower bounds, or of the upper ones turned round. */
function lowest(
  {nodes, integral}: Alternative,
  keywords: readonly [string, string],
  sign: 1 | -1,
): Bound | undefined {
  const bounds = nodes.flatMap((node) =>
    keywords.flatMap((keyword, i) => {
      const limit = comparable(own(node, keyword))
      return limit === undefined ? [] : [{limit: sign === 1 ? limit : -limit, exclusive: i === 1}]
    }),
  )
  const [first, ...others] = integral ? bounds.map(wholeFrom) : bounds
  return others.reduce<Bound | undefined>((a, b) => (a && isWithin(a, b) ? a : b), first)
}

/** Whether everything from `a` on is from `b` on. */
function isWithin(a: Bound, b: Bound): boolean {
  return a.limit === b.limit || !(a.limit < b.limit || a.limit > b.limit)
    ? a.exclusive || !b.exclusive
    : a.limit > b.limit
}

function boundAspect(keyword: 'minimum' | 'maximum', exclusive: string): Aspect<Bound> {
  const sign = keyword === 'minimum' ? 1 : -1
  return {
    keyword,
    read: (of) => {
      const bound = lowest(of, [keyword, exclusive], sign)
      return bound && sign === -1 ? negated(bound) : bound
    },
    within: (a, b) => {
      if (!a) return 'no'
      return (sign === 1 ? isWithin(a, b) : isWithin(negated(a), negated(b))) ? 'yes' : 'no'
    },
    say: ({limit, exclusive: isOpen}) => `${limit}${isOpen ? ' (exclusive)' : ''}`,
  }
}

const minimum = boundAspect('minimum', 'exclusiveMinimum')
const maximum = boundAspect('maximum', 'exclusiveMaximum')

const integral: Aspect<true> = {
  keyword: 'type',
  read: (of) => (of.integral ? true : undefined),
  within: () => 'no',
  say: () => 'integer',
  sayChange: (before) => (before ? 'integer became number' : 'number became integer'),
}

const multipleOf: Aspect<Comparable[]> = {
  keyword: 'multipleOf',
  read: ({nodes}) => {
    const factors = nodes
      .map((node) => comparable(own(node, 'multipleOf')))
      .filter((factor) => factor !== undefined)
    return factors.length > 0 ? factors : undefined
  },
  within: (a, b, {integral: isWhole}) => {
    const factors = [...(a ?? []), ...(isWhole ? [1] : [])]
    const answers = b.map((wanted) => factors.some((factor) => isMultiple(factor, wanted)))
    if (!answers.includes(false)) return 'yes'
    return factors.length > 0 && a ? 'unknown' : 'no'
  },
  say: (factors) => factors.join(' and '),
}

/** Whether a number is a whole multiple of another; false where decimals leave it undecided. */
function isMultiple(value: Comparable, factor: Comparable): boolean {
  if (typeof value === 'bigint' || typeof factor === 'bigint') {
    const isWhole = [value, factor].every((number) => typeof number === 'bigint' || Number.isInteger(number))
    return isWhole && BigInt(value) % BigInt(factor) === 0n
  }
  return Number.isSafeInteger(value) && Number.isSafeInteger(factor) ? value % factor === 0 : value === factor
}

/** Formats of numbers, each with others that all its numbers keep. */
const formats: Readonly<Record<string, readonly string[]>> = {
  int32: ['int64', 'double'],
  int64: [],
  float: ['double'],
  double: [],
}

function formatWithin(a: readonly string[], wanted: string, of: Alternative): Answer {
  if (a.some((format) => format === wanted || formats[format]?.includes(wanted))) return 'yes'
  // Every number of JSON is read as a double.
  if (wanted === 'double') return 'yes'
  if (wanted !== 'int32') return 'unknown'
  const [least, most] = [minimum.read(of), maximum.read(of)]
  const fits = least && most && least.limit >= -(2 ** 31) && most.limit < 2 ** 31
  return fits && of.integral ? 'yes' : 'no'
}

/** What can be asked of numbers. */
export const numberAspects: readonly CompareAspect[] = [
  comparing(integral),
  comparing(minimum),
  comparing(maximum),
  comparing(multipleOf),
  comparing(formatAspect((name) => Object.hasOwn(formats, name), formatWithin)),
]
