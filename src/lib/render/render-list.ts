import type {List, Page} from '../core/page'
import {renderRows} from './render-rows'
import type {TableOptions} from './table'

/** What stands around rows, in the forms that have room for it. */
export interface Around {
  /** Above and below a table. */
  above?: string | undefined
  below?: string | undefined
  /** Draws the rows below a table too, with this many characters a line. */
  chartWidth?: number | undefined
  /** What a page of HTML says beside the rows. Its further lists stand below a table too. */
  page: Page
}

/**
 * A list in the asked-for form with what stands around it, ending with a line break. What draws is loaded when it is asked for.
 * Throws what `renderRows` throws.
 */
export async function renderList(
  list: List,
  format: string,
  around: Around,
  options: TableOptions = {},
): Promise<string> {
  if (format === 'html') return (await import('./html/page')).pageHtml(list, around.page)
  const rows = renderRows(list, format, options)
  if (format !== 'table') return rows
  const {above, below, chartWidth, page} = around
  const charts =
    chartWidth === undefined ? '' : (await import('./chart/chart-text')).chartText(list, chartWidth)
  const more = (page.more ?? []).map((one) => renderRows(one, 'table', options))
  const parts = [above ?? '', rows, charts, ...more, below ?? '']
  return parts
    .filter((part) => part !== '')
    .map((part) => (part.endsWith('\n') ? part : `${part}\n`))
    .join('\n')
}
