import {dayMs, formatDay} from '../core/time'
import type {TimeRange} from '../core/time'
import {dateAt, fromWall, startOfDate, toWall} from '../core/zone'
import type {Dates, PricePlan} from './price-plan'

/** A stretch of time in which no month, plan, price or discount begins or ends. Milliseconds since 1970. */
export interface Bucket extends TimeRange {
  /** `2026-11`. */
  month: string
  /** The date in the plan's time zone on which it begins. */
  date: string
  /** Days that begin in it. Buckets that follow each other have each day once. */
  days: number
  /** Days of the month. */
  monthDays: number
}

/**
 * The range cut wherever the bill may change: at the beginning of each month, and of each date that the price plan names for a plan, price
 * or discount; with `byDay` at each day. In the order of time.
 */
export function bucketsOf(pricePlan: PricePlan, range: TimeRange, {byDay = false} = {}): Bucket[] {
  const {timezone} = pricePlan
  const dates = [
    ...monthStarts(range, timezone),
    ...datesIn(pricePlan),
    ...(byDay ? daysIn(range, timezone) : []),
  ]
  const cuts = dates
    .map((date) => startOfDate(date, timezone))
    .filter((ms) => ms > range.from && ms < range.to)
  const borders = [...new Set([range.from, ...cuts, range.to])].sort((a, b) => a - b)
  return borders.slice(1).map((to, i) => bucketOf(borders[i] ?? range.from, to, timezone))
}

function bucketOf(from: number, to: number, zone: string): Bucket {
  const date = dateAt(from, zone)
  const [year = 0, month = 1] = date.split('-').map(Number)
  return {
    from,
    to,
    month: date.slice(0, 7),
    date,
    days: firstDayFrom(to, zone) - firstDayFrom(from, zone),
    monthDays: (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / dayMs,
  }
}

/** The number, counted from 1970, of the first day of the zone that begins at the moment or later. */
function firstDayFrom(ms: number, zone: string): number {
  const day = Math.floor(toWall(ms, zone) / dayMs)
  return fromWall(day * dayMs, zone) >= ms ? day : day + 1
}

function monthStarts({from, to}: TimeRange, zone: string): string[] {
  const [year = 0, month = 1] = dateAt(from, zone).split('-').map(Number)
  const starts: string[] = []
  for (let next = month; ; next++) {
    const date = formatDay(Date.UTC(year, next, 1))
    if (startOfDate(date, zone) >= to) return starts
    starts.push(date)
  }
}

function daysIn({from, to}: TimeRange, zone: string): string[] {
  const first = Math.floor(toWall(from, zone) / dayMs)
  const last = Math.floor(toWall(to, zone) / dayMs)
  return Array.from({length: last - first + 1}, (_, i) => formatDay((first + i) * dayMs))
}

function datesIn({plans, defaultPlan, customers}: PricePlan): string[] {
  const dated: Dates[] = [
    ...[...plans.values(), ...(defaultPlan ? [defaultPlan] : [])].flatMap(({charges, discounts}) => [
      ...charges,
      ...discounts,
    ]),
    ...[...customers.values()].flatMap((customer) => [...(customer.plans ?? []), ...customer.discounts]),
  ]
  return dated.flatMap(({from, to}) => [from, to].flatMap((date) => date ?? []))
}
