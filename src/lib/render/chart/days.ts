import type {DayChart} from '../../core/chart'
import type {Row} from '../../core/column'
import {groupDigits} from '../../core/money'
import type {List} from '../../core/page'
import {dayMs, formatDay, startOfMonth} from '../../core/time'
import {apart} from './apart'
import {headerIn, numberOf, sum} from './bars'
import {bytesText} from '../../core/size'

/** The columns of one chart over time. Every stretch from the first to the last has one, also where nothing was. */
export interface Days {
  title: string
  /** What the numbers are. */
  series: string
  step: Step
  columns: DayColumn[]
  isBytes: boolean
}

export type Step = 'day' | 'week' | 'month'

export interface DayColumn {
  /** First day of the stretch. */
  day: string
  text: string
  /** A height and nothing else: it may have lost digits. */
  size: number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const mondayMs = -3 * dayMs

/** The charts over time of a list: none where no row has both a day and a number. `most` columns at most, by the widest step that is needed. */
export function daysOf(chart: DayChart, list: List, most: number): Days[] {
  const dated = list.rows.filter(
    (row) => DAY.test(String(row[chart.day])) && numberOf(row, chart.value) !== undefined,
  )
  const days = dated.map((row) => Date.parse(String(row[chart.day]))).sort((a, b) => a - b)
  const span = [days[0] ?? 0, days.at(-1) ?? 0] as const
  const step = (['day', 'week'] as const).find((one) => startsOf(one, span).length <= most) ?? 'month'
  return apart(chart, dated, [chart.value]).map(({title, rows}) => ({
    title: step === 'day' ? title : `${title}, by ${step}`,
    series: headerIn(list, chart.value),
    step,
    columns: columnsOf(chart, rows, step, span),
    isBytes: chart.isBytes === true,
  }))
}

function columnsOf(
  {day, value, isBytes = false}: DayChart,
  rows: readonly Row[],
  step: Step,
  span: readonly [number, number],
): DayColumn[] {
  const found = new Map<number, string[]>()
  for (const row of rows) {
    const start = startOf(step, Date.parse(String(row[day])))
    found.set(start, [...(found.get(start) ?? []), numberOf(row, value) ?? '0'])
  }
  return startsOf(step, span).map((start) => {
    const number = sum(found.get(start) ?? []) ?? '0'
    const size = Number(number)
    return {day: formatDay(start), text: isBytes ? bytesText(size) : groupDigits(number), size}
  })
}

/** The starts of all stretches from the one of the first day to the one of the last. */
function startsOf(step: Step, [first, last]: readonly [number, number]): number[] {
  const starts: number[] = []
  for (let at = startOf(step, first); at <= last; at = next(step, at)) starts.push(at)
  return starts
}

function startOf(step: Step, day: number): number {
  if (step === 'day') return day
  if (step === 'month') return startOfMonth(day)
  return Math.floor((day - mondayMs) / (7 * dayMs)) * 7 * dayMs + mondayMs
}

function next(step: Step, at: number): number {
  return step === 'month' ? startOfMonth(at, 1) : at + (step === 'week' ? 7 : 1) * dayMs
}
