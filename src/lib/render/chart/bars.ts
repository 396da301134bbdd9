import type {BarChart} from '../../core/chart'
import {others} from '../../core/column'
import type {Row} from '../../core/column'
import {addDecimals, compareDecimals, groupDigits, roundDecimal} from '../../core/money'
import type {List} from '../../core/page'
import {headerOf} from '../cell'
import {apart} from './apart'

/** Names that are drawn, beside the one bar for the rest. */
export const mostBars = 15

/** The bars of one chart. */
export interface Bars {
  title: string
  /** What the bars of a name stand for, in order. */
  series: string[]
  bars: Bar[]
  /** What is not drawn. */
  note?: string | undefined
}

export interface Bar {
  name: string
  values: BarValue[]
}

/** `size` is a length and nothing else: it may have lost digits. The text has them all. Without a size there is nothing to draw. */
export interface BarValue {
  text: string
  size?: number
}

/** The numbers of one name; undefined where one is missing. */
interface Named {
  name: string
  numbers: (string | undefined)[]
}

/** The bars of a chart of bars: one chart for each value of `apartBy`, and none where no row has a number. */
export function barsOf(chart: BarChart, list: List): Bars[] {
  return apart(chart, list.rows, chart.values).map(({title, rows}) => {
    const named = namedOf(chart, rows)
    const place = Math.max(0, chart.values.indexOf(chart.by ?? ''))
    const drawn = named.filter(({name}) => name !== others).sort((a, b) => bySize(a, b, place))
    const rest = [...drawn.slice(mostBars), ...named.filter(({name}) => name === others)]
    const isSummed = chart.rest === 'sum' && rest.length > 0
    const shown = [...drawn.slice(0, mostBars), ...(isSummed ? [{...sumOf(rest), name: others}] : [])]
    return {
      title,
      series: chart.values.map((key) => headerIn(list, key)),
      bars: shown.map(({name, numbers}) => ({
        name,
        values: numbers.map((number) => valueOf(number, chart.missing)),
      })),
      note:
        isSummed || rest.length === 0
          ? undefined
          : `${groupDigits(rest.length)} more ${rest.length === 1 ? 'stands' : 'stand'} in the table.`,
    }
  })
}

/** Names in the order of the rows. */
function namedOf({names, values, rest, missing}: BarChart, rows: readonly Row[]): Named[] {
  const all = rows
    .map((row): Named => ({name: nameOf(names, row), numbers: values.map((key) => numberOf(row, key))}))
    .filter(({numbers}) => missing !== undefined || numbers.some((number) => number !== undefined))
  if (rest === 'leave') return all
  const byName = new Map<string, Named[]>()
  for (const one of all) byName.set(one.name, [...(byName.get(one.name) ?? []), one])
  return [...byName.values()].map(sumOf)
}

function nameOf(keys: readonly string[], row: Row): string {
  const words = keys.map((key) => row[key]).filter((word) => word !== undefined && word !== '')
  return words.includes(others) ? others : words.join(' ')
}

/** The number as it stands in the row; undefined where there is none. */
export function numberOf(row: Row, key: string): string | undefined {
  const text = String(row[key] ?? '')
  return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
}

function sumOf(all: readonly Named[]): Named {
  const places = all[0]?.numbers.map((_, i) => i) ?? []
  return {
    name: all[0]?.name ?? others,
    numbers: places.map((i) => sum(all.flatMap(({numbers}) => numbers[i] ?? []))),
  }
}

/** The exact sum, with as many decimals as the longest has. */
export function sum(numbers: readonly string[]): string | undefined {
  if (numbers.length === 0) return undefined
  const decimals = Math.max(...numbers.map((number) => (number.split('.')[1] ?? '').length))
  return roundDecimal(addDecimals(numbers), decimals, 'half-up')
}

/** What has no number, and is named for that, comes first. */
function bySize({numbers: ofA}: Named, {numbers: ofB}: Named, place: number): number {
  const [a, b] = [ofA[place], ofB[place]]
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  return compareDecimals(b, a)
}

function valueOf(number: string | undefined, missing = ''): BarValue {
  return number === undefined ? {text: missing} : {text: groupDigits(number), size: Number(number)}
}

/** The header of a column, with its unit. */
export function headerIn({columns}: List, key: string): string {
  const column = columns.find((one) => one.key === key)
  return column ? headerOf(column) : key
}
