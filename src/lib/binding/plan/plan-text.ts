import type {Change} from '../change'

interface Where {
  accountId: string
  region: string
  endpoint: string | undefined
}

const signs: Readonly<Record<Change['action'], string>> = {create: '+', update: '~', keep: '=', delete: '-'}

/**
 * A plan for a person: where it happens, then one line per change, aligned; last what it comes to. `+` create,
 * `~` update with the fields, `-` delete, `=` keep, each with its note. `isDone`: the changes have been made.
 */
export function planText(changes: readonly Change[], where: Where, isDone = false): string {
  const place = where.endpoint ?? 'AWS'
  const width = Math.max(...changes.map((change) => change.resource.length))
  const lines = changes.map((change) => {
    const fields = change.fields ? ` (${change.fields.join(', ')})` : ''
    const note = change.note === undefined ? '' : `: ${change.note}`
    return `  ${signs[change.action]} ${change.action.padEnd(6)} ${change.resource.padEnd(width)}  ${change.name}${fields}${note}`
  })
  return [
    `Account ${where.accountId}, region ${where.region}, endpoint ${place}`,
    ...lines,
    summaryOf(changes, isDone),
  ].join('\n')
}

/** What a plan comes to, in one line. */
export function summaryOf(changes: readonly Change[], isDone: boolean): string {
  const count = (action: Change['action']): number => changes.filter((c) => c.action === action).length
  const owned = changes.filter((c) => c.action === 'keep' && c.fields).length
  const differing = owned === 0 ? '' : ` ${owned} differ, but are not ours to change.`
  if (count('keep') === changes.length) return `Nothing to change.${differing}`
  if (count('delete') > 0)
    return `${count('delete')} ${isDone ? 'deleted' : 'to delete'}, ${count('keep')} kept.`
  const [created, updated] = isDone ? ['created', 'updated'] : ['to create', 'to update']
  return `${count('create')} ${created}, ${count('update')} ${updated}, ${count('keep') - owned} as they should be.${differing}`
}
