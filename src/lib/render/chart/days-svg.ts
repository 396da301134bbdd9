import {scaleBand, scaleLinear} from 'd3-scale'
import {displayWidth} from '../display-width'
import {escapeHtml} from '../html/escape'
import type {DayColumn, Days, Step} from './days'
import {digitPixels, narrowest, percent} from './drawing'
import type {Drawing} from './drawing'
import {axisText} from './axis-text'

const height = 200
/** The columns stand between these; below them is the time. */
const top = 10
const floor = 172
/** Percent of the width for the numbers at the left, so that charts below each other have their days below each other. */
const leastLeft = 18
/** Dates that a phone has room for. */
const mostDates = 5

/** Columns over time, with a line and a number for every few steps of height. */
export function daysSvg({title, series, step, columns, isBytes}: Days): Drawing {
  const sizes = columns.map(({size}) => size)
  const y = scaleLinear([Math.min(0, ...sizes), Math.max(0, ...sizes) || 1], [floor, top]).nice(4)
  const areWhole = sizes.every(Number.isInteger)
  const ticks = y.ticks(4).filter((tick) => !areWhole || Number.isInteger(tick))
  const labels = ticks.map((tick) => axisText(tick, isBytes))
  const room = Math.max(...labels.map(displayWidth)) * digitPixels + 10
  const left = Math.max(leastLeft, Math.ceil((room / narrowest) * 100))
  const x = scaleBand(
    columns.map(({day}) => day),
    [left, 100],
  ).padding(columns.length > 45 ? 0.1 : 0.25)
  const column = ({day, text, size}: DayColumn) => {
    const [upper, lower] = [y(Math.max(0, size)), y(Math.min(0, size))]
    const box = `x="${percent(x(day) ?? 0)}" width="${percent(x.bandwidth())}" y="${round(upper)}" height="${round(lower - upper)}"`
    const name = `<title>${escapeHtml(`${dateText(day, step)}: ${text}`)}</title>`
    return `<g>${name}<rect class="bar ${size < 0 ? 's2' : 's1'}" ${box}/></g>`
  }
  return {
    ...{title, height},
    series: [series],
    description: spoken(columns, step),
    marks: [
      ...ticks.map((tick, i) => tickSvg(round(y(tick)), labels[i] ?? '', left)),
      ...columns.map(column),
      ...datesSvg(columns, step, (day) => (x(day) ?? 0) + x.bandwidth() / 2),
    ],
  }
}

function tickSvg(y: number, label: string, left: number): string {
  return (
    `<line class="grid" x1="${percent(left)}" x2="100%" y1="${y}" y2="${y}"/>` +
    `<text class="soft" x="${percent(left - 2)}" y="${y + 4}" text-anchor="end">${escapeHtml(label)}</text>`
  )
}

/** Dates below the columns, evenly spread; the last one stays inside. */
function datesSvg(columns: readonly DayColumn[], step: Step, middleOf: (day: string) => number): string[] {
  const every = Math.ceil(columns.length / mostDates)
  return columns
    .filter((_, i) => i % every === 0)
    .map(({day}) => {
      const at = middleOf(day)
      const anchor = at > 92 ? 'end' : 'middle'
      return `<text class="soft" x="${percent(anchor === 'end' ? 100 : at)}" y="${height - 10}" text-anchor="${anchor}">${shortDate(day, step)}</text>`
    })
}

/** The chart in words: from when to when, how much at most, and on which day. */
function spoken(columns: readonly DayColumn[], step: Step): string {
  const [first, last] = [columns[0], columns.at(-1)]
  if (!first || !last) return ''
  const highest = columns.reduce((best, one) => (one.size > best.size ? one : best), first)
  return (
    `From ${dateText(first.day, step)} to ${dateText(last.day, step)}; ` +
    `most in the ${step} ${dateText(highest.day, step)}: ${highest.text}`
  )
}

const short = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', timeZone: 'UTC'})

/** What there is room for below a column: `28 Nov`. */
function shortDate(day: string, step: Step): string {
  return step === 'month' ? day.slice(0, 7) : short.format(Date.parse(day))
}

function dateText(day: string, step: Step): string {
  return step === 'month' ? day.slice(0, 7) : day
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
