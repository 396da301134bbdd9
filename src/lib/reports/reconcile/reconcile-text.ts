import type {Row} from '../../core/column'
import {hangingText} from '../../core/hanging-text'
import type {List, Page} from '../../core/page'
import {aroundReport} from '../report-page'
import {reconcileFor} from './reconcile-report'
import type {ReconcileOptions} from './reconcile-report'
import type {ReconcileResult} from './run-reconcile'

/** How the answer is shown: its list, and what stands around it. A table has no room for what counts are made of, so that stands below it, in lines of `width`. */
export function shownReconcile(
  result: ReconcileResult,
  warnings: readonly string[],
  {by, format, width}: {by: ReconcileOptions['by']; format: string; width: number | undefined},
): {list: List; around: {above: string; below: string; page: Page}} {
  const around = aroundReport(result, warnings)
  const {rows} = result
  const list = {...reconcileFor({by}, []), rows}
  if (format !== 'table') return {list, around}
  const reasons = reasonLines(rows, by === 'service' ? 'service' : 'hop', width)
  const below = [...reasons, ...(reasons.length > 0 ? [''] : []), around.below].join('\n')
  return {
    list: {...list, columns: list.columns.filter(({key}) => key !== 'reason')},
    around: {...around, below},
  }
}

/** What each count is made of. Of services, those alone of which something is to be said. */
function reasonLines(rows: readonly Row[], key: string, width: number | undefined): string[] {
  const told = rows.filter(({reason, status}) => reason !== undefined && (key === 'hop' || status !== 'ok'))
  const longest = Math.max(...told.map((row) => String(row[key]).length))
  return told.flatMap((row) =>
    hangingText(`${String(row[key]).padEnd(longest)}  `, String(row['reason']), width),
  )
}
