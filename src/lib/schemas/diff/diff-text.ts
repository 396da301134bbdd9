import type {Column, Row} from '../../core/column'
import type {DiffOutcome, DiffResult} from './run-diff'

/** The columns of a list of changes. */
export function diffColumns({for: side}: Pick<DiffResult, 'for'>): Column[] {
  const all: (Column & {of?: string})[] = [
    {key: 'path', header: 'Path', type: 'text'},
    {key: 'message', header: 'Change', type: 'text'},
    {key: 'producers', header: 'Producers', type: 'text'},
    {key: 'consumers', header: 'Consumers', type: 'text'},
  ]
  return all.filter(
    ({key}) => side === 'both' || (key !== 'producers' && key !== 'consumers') || key === side,
  )
}

export function diffRows({changes}: DiffResult): Row[] {
  return changes.map(({path, message, producers, consumers}) => ({
    path,
    message,
    producers: wordsOf(producers),
    consumers: wordsOf(consumers),
  }))
}

function wordsOf(verdict: string): string {
  return verdict === 'may-break' ? 'may break' : verdict
}

/** What is compared with what. */
export function diffHead({labels: [from, to], result}: DiffOutcome): string {
  return `${from} -> ${to}${result.detailOnly ? ', the detail alone' : ''}`
}

/** The verdict, and the condition under which it holds. */
export function diffFoot({result}: DiffOutcome): string {
  const {changes, breakingCount, mayBreakCount, safeCount, for: side} = result
  if (changes.length === 0) return 'No changes.'
  const whom = side === 'both' ? 'producers and consumers' : side
  const lines = [`${breakingCount} breaking, ${mayBreakCount} may break, ${safeCount} safe for ${whom}.`]
  const provided = new Set(changes.map((change) => change.provided).filter((text) => text !== undefined))
  if (side !== 'consumers')
    for (const text of provided) lines.push(`Optional members are safe for producers provided that ${text}.`)
  return lines.join('\n')
}
