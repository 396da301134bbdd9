import {cleanText} from '../clean-text'
import {displayWidth, fitText} from '../display-width'
import type {List} from '../../core/page'
import {barsOf} from './bars'
import type {Bar, BarValue, Bars} from './bars'
import {daysOf} from './days'
import type {Days} from './days'

/** Lines for a chart over time: a month by day. */
const mostDays = 31
/** Fewer cells than this make no picture. */
const shortestBar = 8
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
/** What tells series apart; no colour, so that it says the same on paper and in a file. */
const full = ['█', '▓', '░']

/** The charts of a list as text for a terminal of that width: bars across, of characters. Empty where nothing can be drawn. */
export function chartText(list: List, width: number): string {
  const charts = (list.charts ?? []).flatMap((chart) =>
    chart.kind === 'bars' ? barsOf(chart, list) : daysOf(chart, list, mostDays).map(barsOfDays),
  )
  return charts.map((chart) => drawn(chart, width)).join('\n')
}

/** Time goes down. */
function barsOfDays({title, series, columns}: Days): Bars {
  return {
    ...{title, series: [series]},
    bars: columns.map(({day, text, size}) => ({name: day, values: [{text, size}]})),
  }
}

interface Widths {
  /** 0 where the name stands on a line of its own. */
  name: number
  bar: number
  value: number
}

function drawn({title, series, bars, note}: Bars, width: number): string {
  const widths = widthsOf(bars, width)
  const sizes = bars.flatMap(({values}) => values.flatMap(({size}) => size ?? []))
  const longest = Math.max(0, ...sizes.map(Math.abs))
  const legend = series.map((name, place) => `${full[place % full.length] ?? ''} ${name}`).join('  ')
  return [
    title,
    ...(series.length > 1 ? [legend] : []),
    '',
    ...bars.flatMap((bar) => linesOf(bar, widths, longest)),
    ...(note === undefined ? [] : [note]),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

/** Names take a third at most, numbers what they need; on a narrow terminal names get lines of their own. */
function widthsOf(bars: readonly Bar[], width: number): Widths {
  const value = Math.max(0, ...bars.flatMap(({values}) => values.map(({text}) => displayWidth(text))))
  const longestName = Math.max(0, ...bars.map(({name}) => displayWidth(cleanText(name))))
  const name = Math.min(longestName, Math.max(shortestBar, Math.floor(width / 3)))
  const beside = width - name - value - 2
  if (beside >= shortestBar) return {name, value, bar: beside}
  return {name: 0, value, bar: Math.max(1, width - value - 1)}
}

function linesOf(bar: Bar, widths: Widths, longest: number): string[] {
  const name = cleanText(bar.name)
  const lines = bar.values.map((value, place) => lineOf(value, widths, longest, place))
  if (widths.name === 0) return [fitText(name, widths.bar + widths.value + 1), ...lines]
  const fitted = fitText(name, widths.name)
  const padded = `${fitted}${' '.repeat(widths.name - displayWidth(fitted))}`
  return lines.map((line, place) => `${place === 0 ? padded : ' '.repeat(widths.name)} ${line}`)
}

function lineOf({text, size = 0}: BarValue, widths: Widths, longest: number, place: number): string {
  const bar = barText(size, (longest === 0 ? 0 : Math.abs(size) / longest) * widths.bar, place)
  return `${bar.padEnd(widths.bar)} ${text.padStart(widths.value)}`
}

/** A first series is exact to an eighth of a character; below zero it is drawn hollow. */
function barText(size: number, cells: number, place: number): string {
  if (place > 0 || size < 0)
    return (size < 0 ? '░' : (full[place % full.length] ?? '')).repeat(Math.round(cells))
  const whole = Math.floor(cells)
  const part = eighths[Math.floor((cells - whole) * 8)] ?? ''
  // What is not nothing leaves a trace.
  return whole === 0 && part === '' && size > 0 ? '▏' : `${'█'.repeat(whole)}${part}`
}
