import type {Fact, List, Page} from '../../core/page'
import {chartFigures} from '../chart/chart-svg'
import {escapeHtml} from './escape'
import {wholeText} from '../row-form'
import type {RowForm} from '../row-form'
import {framed} from './frame'
import {tableHtml, tableHtmlForm} from './table'

/** An answer as one page: what it covers, its figures, what to mind, charts, tables, and how it came about. Everything is escaped. */
export function pageHtml(list: List, page: Page): string {
  return wholeText(pageForm(list, page, list.rows.length === 0), list.rows)
}

/** The same with the rows of its first table one after the other; what is drawn is drawn of those that `list` has. */
export function pageForm(list: List, page: Page, isEmpty: boolean): RowForm {
  const {caption, more = [], facts} = page
  const drawn = [list, ...more].flatMap((one, i) => chartFigures(one, `chart-${i}`))
  const table = tableHtmlForm(list.columns, caption, isEmpty)
  const [before, after] = framed(titleOf(page))
  const lines = (all: readonly string[]) => all.map((one) => `${one}\n`).join('')
  const head = [
    ...before,
    ...introHtml(page),
    ...section('Charts', drawn, ['<div class="charts">', ...drawn, '</div>']),
    '<section>',
  ]
  const tail = [
    '</section>',
    ...more.flatMap((one) => ['<section>', tableHtml(one, one.caption), '</section>']),
    ...section('Where it comes from', facts, ['<h2>Where it comes from</h2>', ...factList('facts', facts)]),
    ...after,
  ]
  return {head: `${lines(head)}${table.head}`, text: table.text, tail: `${table.tail}${lines(tail)}`}
}

function titleOf({title, subtitle}: Page): string {
  return [title, ...linesOf(subtitle).slice(0, 1)].join(', ')
}

function introHtml({title, subtitle, figures, warnings}: Page): string[] {
  return [
    '<header>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...linesOf(subtitle).map((line) => `<p>${escapeHtml(line)}</p>`),
    '</header>',
    ...section('Figures', figures, factList('figures', figures)),
    ...section('Warnings', warnings, warningList(warnings), ' class="warnings"'),
  ]
}

function linesOf(subtitle = ''): string[] {
  return subtitle.split('\n').filter((line) => line !== '')
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
