import type {FieldCondition, LostBranch} from '../pattern'

/**
 * The first field that a lost branch asks otherwise than the earlier one, and what that one asks of it; where both ask the
 * same, the first field that is written twice.
 */
export function firstDifference({
  branch,
  earlier,
}: LostBranch): {own: FieldCondition; other: FieldCondition} | undefined {
  const pairs = [...branch.values()].flatMap((own) => {
    const other = earlier.get(own.path)
    return other === undefined || other === own ? [] : [{own, other}]
  })
  return pairs.find(({own, other}) => own.source !== other.source) ?? pairs[0]
}

function place({position: {line, column}}: FieldCondition): string {
  return `line ${line}, column ${column}`
}

/** A clause on what becomes of a branch: `EventBridge takes the branch ... and forgets it`. */
export function describeLost(lost: LostBranch): string {
  const difference = firstDifference(lost)
  const where = (condition: FieldCondition | undefined): string => (condition ? ` (${place(condition)})` : '')
  const takes = lost.isSure ? 'takes' : 'may take'
  const forgets = lost.isSure ? 'forgets' : 'forget'
  return (
    `EventBridge ${takes} the branch of $or${where(difference?.own)} for an earlier one${where(difference?.other)} ` +
    `that names the same fields with an alternative in common in each, and ${forgets} it`
  )
}
