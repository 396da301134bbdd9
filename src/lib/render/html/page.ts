import type {Fact, List, Page} from '../../core/page'
import {chartFigures} from '../chart/chart-svg'
import {escapeHtml} from './escape'
import {frame} from './frame'
import {tableHtml} from './table'

/** An answer as one page: what it covers, its figures, what to mind, charts, tables, and how it came about. Everything is escaped. */
export function pageHtml(list: List, page: Page): string {
  const {title, subtitle, figures, warnings, caption, more = [], facts} = page
  const lists = [{...list, caption}, ...more]
  const drawn = lists.flatMap((one, i) => chartFigures(one, `chart-${i}`))
  const lines = (subtitle ?? '').split('\n').filter((line) => line !== '')
  return frame([title, ...lines.slice(0, 1)].join(', '), [
    '<header>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    '</header>',
    ...section('Figures', figures, factList('figures', figures)),
    ...section('Warnings', warnings, warningList(warnings), ' class="warnings"'),
    ...section('Charts', drawn, ['<div class="charts">', ...drawn, '</div>']),
    ...lists.flatMap((one) => ['<section>', tableHtml(one, one.caption), '</section>']),
    ...section('Where it comes from', facts, ['<h2>Where it comes from</h2>', ...factList('facts', facts)]),
  ])
}

/** Nothing where there is nothing to say. */
function section(
  label: string,
  said: readonly unknown[],
  content: readonly string[],
  attributes = '',
): string[] {
  if (said.length === 0) return []
  return [`<section aria-label="${label}"${attributes}>`, ...content, '</section>']
}

function factList(kind: 'figures' | 'facts', facts: readonly Fact[]): string[] {
  const pairs = facts.map(({name, value}) => {
    const pair = `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
    return kind === 'figures' ? `<div>${pair}</div>` : pair
  })
  return [`<dl class="${kind}">`, ...pairs, '</dl>']
}

function warningList(warnings: readonly string[]): string[] {
  return [
    '<h2>Mind this</h2>',
    '<ul>',
    ...warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`),
    '</ul>',
  ]
}
