import type {List} from '../../core/page'
import {escapeHtml} from '../html/escape'
import {barsOf} from './bars'
import {barsSvg} from './bars-svg'
import {daysOf} from './days'
import {daysSvg} from './days-svg'
import {colour} from './drawing'
import type {Drawing} from './drawing'

/** Columns of a chart over time on a page: a quarter by day. */
const mostColumns = 92

/** The charts of a list as figures of HTML with SVG in them: no script, no network, colours by names that the page defines. */
export function chartFigures(list: List, id: string): string[] {
  const drawings = (list.charts ?? []).flatMap((chart) =>
    chart.kind === 'bars' ? barsOf(chart, list).map(barsSvg) : daysOf(chart, list, mostColumns).map(daysSvg),
  )
  return drawings.map((drawing, i) => figureOf(drawing, `${id}-${i}`))
}

function figureOf({title, series, description, height, marks, note}: Drawing, id: string): string {
  const swatch = (place: number) =>
    `<svg aria-hidden="true"><rect class="${colour(place)}" width="100%" height="100%" rx="2"/></svg>`
  const entries = series.map((name, place) => `<li>${swatch(place)}${escapeHtml(name)}</li>`)
  return [
    '<figure>',
    `<figcaption><h2>${escapeHtml(title)}</h2></figcaption>`,
    ...(series.length > 1 ? [`<ul class="legend">${entries.join('')}</ul>`] : []),
    `<svg role="img" aria-labelledby="${id}-title ${id}-text" height="${height}">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-text">${escapeHtml(description)}</desc>`,
    ...marks,
    '</svg>',
    ...(note === undefined ? [] : [`<p>${escapeHtml(note)}</p>`]),
    '</figure>',
  ].join('\n')
}
