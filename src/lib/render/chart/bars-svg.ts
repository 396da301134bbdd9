import {scaleLinear} from 'd3-scale'
import {displayWidth, fitText} from '../display-width'
import {escapeHtml} from '../html/escape'
import type {Bar, BarValue, Bars} from './bars'
import {colour, digitPixels, narrowest, percent} from './drawing'
import type {Drawing} from './drawing'

const nameHeight = 20
const gap = 12
/** Letters of a name that a phone has room for. */
const nameWidth = 44

/** Where lengths are: the percentage of the drawing's width that a number stands at. */
type Scale = (size: number) => number

/** Bars across: the name above, the number at the end of the line. Numbers below zero go to the other side of a line. */
export function barsSvg({title, series, bars, note}: Bars): Drawing {
  const thickness = series.length > 1 ? 9 : 12
  const lineHeight = thickness + 6
  const rowHeight = nameHeight + series.length * lineHeight + gap
  const values = bars.flatMap((bar) => bar.values)
  const longest = Math.max(0, ...values.map(({text}) => displayWidth(text)))
  const share = 100 - Math.min(60, Math.ceil(((longest * digitPixels + 8) / narrowest) * 100))
  const sizes = values.flatMap(({size}) => size ?? [])
  const x = scaleLinear([Math.min(0, ...sizes), Math.max(0, ...sizes) || 1], [0, share])
  const height = bars.length * rowHeight - gap + 3
  const row = (bar: Bar, i: number) => {
    const top = i * rowHeight
    const lines = bar.values.map((value, place) =>
      lineSvg(value, {x, share, place, thickness, y: top + nameHeight + place * lineHeight}),
    )
    const name = `<text y="${top + 13}">${escapeHtml(fitText(bar.name, nameWidth))}</text>`
    return `<g><title>${escapeHtml(spoken(bar, series))}</title>${name}${lines.join('')}</g>`
  }
  const zero = percent(x(0))
  const zeroLine = x(0) === 0 ? [] : [`<line class="zero" x1="${zero}" x2="${zero}" y1="0" y2="${height}"/>`]
  return {
    ...{title, series, height, note},
    description: bars.map((bar) => spoken(bar, series)).join('; '),
    marks: [...bars.map(row), ...zeroLine],
  }
}

interface Line {
  x: Scale
  share: number
  place: number
  thickness: number
  y: number
}

function lineSvg({text, size}: BarValue, {x, share, place, thickness, y}: Line): string {
  const [from, to] = [x(Math.min(0, size ?? 0)), x(Math.max(0, size ?? 0))]
  // What shrinks has the other colour where there is one series.
  const mark = size !== undefined && size < 0 ? colour(place + 1) : colour(place)
  const box = `y="${y}" height="${thickness}" rx="2"`
  return [
    `<rect class="track" width="${percent(share)}" ${box}/>`,
    ...(size === undefined
      ? []
      : [`<rect class="bar ${mark}" x="${percent(from)}" width="${percent(to - from)}" ${box}/>`]),
    `<text x="100%" y="${y + thickness - 1}" text-anchor="end">${escapeHtml(text)}</text>`,
  ].join('')
}

/** `acme: 1,234.50`, or with the name of each number where there are several. */
function spoken({name, values}: Bar, series: readonly string[]): string {
  const numbers = values.map(({text}, i) => (series.length > 1 ? `${series[i] ?? ''} ${text}` : text))
  return `${name}: ${numbers.join(', ')}`
}
