import {literalGlob, oneLetterOf, oneOf} from './glob'
import type {Glob} from './glob'

const digit = oneLetterOf('0123456789')

function numbers(from: number, to: number): string[] {
  return Array.from({length: to - from + 1}, (_, index) => String(from + index).padStart(2, '0'))
}

const centuries = numbers(0, 99)
const leap = (year: number): boolean => year % 4 === 0
const leapYears: readonly Glob[] = [
  [digit, digit, oneOf(...centuries.slice(1).filter((year) => leap(Number(year))))],
  [oneOf(...centuries.filter((century) => leap(Number(century)))), oneOf('00')],
]

function days(months: readonly string[], last: number): Glob {
  return [digit, digit, digit, digit, ...day(months, numbers(1, last))]
}

function day(months: readonly string[], names: readonly string[]): Glob {
  return [oneOf('-'), oneOf(...months), oneOf('-'), oneOf(...names)]
}

const clock: Glob = [
  oneOf('T'),
  oneOf(...numbers(0, 23)),
  oneOf(':'),
  oneOf(...numbers(0, 59)),
  oneOf(':'),
  oneOf(...numbers(0, 59)),
  ...literalGlob('Z'),
]

/** `YYYY-MM-DDThh:mm:ssZ`: every second of every day that there is in the calendar. */
export const timeForm: readonly Glob[] = [
  days(['01', '03', '05', '07', '08', '10', '12'], 31),
  days(['04', '06', '09', '11'], 30),
  days(['02'], 28),
  ...leapYears.map((year) => [...year, ...day(['02'], ['29'])]),
].map((date) => [...date, ...clock])
