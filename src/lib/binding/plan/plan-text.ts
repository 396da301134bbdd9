import {hangingText} from '../../core/hanging-text'
import {hasChanges} from '../change'
import type {Change} from '../change'

interface Where {
  accountId: string
  region: string
  endpoint: string | undefined
}

const signs: Readonly<Record<Change['action'], string>> = {create: '+', update: '~', keep: '=', delete: '-'}

export interface PlanForm {
  /** The changes have been made. */
  isDone?: boolean
  /** Width of the terminal; undefined where the text goes to no terminal: then no line is broken. */
  width?: number | undefined
}

/**
 * A plan for a person: where it happens, then one line per change, aligned; last what it comes to. `+` create,
 * `~` update with the fields, `-` delete, `=` keep, each with its note.
 */
export function planText(changes: readonly Change<string>[], where: Where, form: PlanForm = {}): string {
  const {isDone = false, width} = form
  const kindWidth = Math.max(...changes.map((change) => change.resource.length))
  const lines = changes.flatMap(({action, resource, name, fields, note}) =>
    hangingText(
      `  ${signs[action]} ${action.padEnd(6)} ${resource.padEnd(kindWidth)}  `,
      name + (fields ? ` (${fields.join(', ')})` : '') + (note === undefined ? '' : `: ${note}`),
      width,
    ),
  )
  return [
    ...hangingText(
      '',
      `Account ${where.accountId}, region ${where.region}, endpoint ${where.endpoint ?? 'AWS'}`,
      width,
    ),
    ...lines,
    ...hangingText('', summaryOf(changes, isDone), width),
  ].join('\n')
}

/** What a plan comes to, in one line. */
export function summaryOf(changes: readonly Change<string>[], isDone: boolean): string {
  const count = (action: Change['action']): number => changes.filter((c) => c.action === action).length
  const owned = changes.filter((c) => c.action === 'keep' && c.fields).length
  const differing = owned === 0 ? '' : ` ${owned} differ, but are not ours to change.`
  const kept = count('keep')
  if (kept === changes.length) return `Nothing to change.${differing}`
  const rest = count('delete') > 0 ? `${kept} kept` : `${kept - owned} as they should be`
  const parts: [number, string][] = [
    [count('delete'), isDone ? 'deleted' : 'to delete'],
    [count('create'), isDone ? 'created' : 'to create'],
    [count('update'), isDone ? 'updated' : 'to update'],
  ]
  const changing = parts.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`]))
  return `${[...changing, ...(kept - owned === 0 ? [] : [rest])].join(', ')}.${differing}`
}

/** A plan as a command shows it and carries it out. */
export function shownPlan(plan: {
  changes: readonly Change<string>[]
  where: Where
  question: string
  apply: () => Promise<unknown>
}) {
  const {apply, changes, question, where} = plan
  return {
    changed: hasChanges(changes),
    text: (form: PlanForm) => planText(changes, where, form),
    summary: () => summaryOf(changes, true),
    ...{question, apply},
  }
}
