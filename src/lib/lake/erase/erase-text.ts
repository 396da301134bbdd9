import {groupDigits} from '../../core/money'
import type {ErasePlan, EraseResult} from './plan-erase'

/** What erasing would do, for a person. */
export function erasePlanText({objects, rowCount, unreached}: ErasePlan): string {
  const lines = objects.map(
    ({kind, key, rowCount: rows}) => `  ~ ${kind.padEnd(8)} ${key} (${count(rows, 'row')})`,
  )
  const head =
    objects.length === 0
      ? 'Nothing of it is in the lake.'
      : `${count(rowCount, 'row')} in ${count(objects.length, 'object')} are written anew, and lines in quarantine that name the id.`
  const rest = unreached.map(({place, until}) => `  ! ${place}: until ${until}`)
  return [...lines, head, ...(rest.length > 0 ? ['It does not reach', ...rest] : [])].join('\n')
}

/** What was done. */
export function receiptText({receipt}: EraseResult): string {
  if (!receipt) return 'Nothing was erased.'
  const {erasedAt, objects, rowCount, subjectHash} = receipt
  return `Erased ${count(rowCount, 'row')} in ${count(objects.length, 'object')} at ${erasedAt}; receipt of ${subjectHash} in the ledger.`
}

function count(number: number, what: string): string {
  return `${groupDigits(String(number))} ${what}${number === 1 ? '' : 's'}`
}
