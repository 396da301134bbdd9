import type {Outcome} from './outcome'

type Ask = (sql: string) => Promise<Outcome>

/** So many expressions stand in one SELECT at most. */
const batchSize = 40

/**
 * The outcome of `SELECT expression` for each expression, in their order. Many are asked at a time, as columns of one SELECT, but for those
 * that will `fail` as far as the caller knows.
 */
export async function askExpressions(
  expressions: readonly string[],
  ask: Ask,
  fails: (expression: string, place: number) => boolean,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const places: number[] = []
  for (const [place, expression] of expressions.entries()) {
    if (fails(expression, place)) outcomes[place] = await ask(`SELECT\n${expression}`)
    else places.push(place)
  }
  for (let at = 0; at < places.length; at += batchSize) {
    const batch = places.slice(at, at + batchSize)
    const found = await askTogether(
      batch.map((place) => expressions[place] ?? ''),
      ask,
    )
    batch.forEach((place, column) => (outcomes[place] = found[column] as Outcome))
  }
  return outcomes
}

/** Where the SELECT fails, the expression of the line that the failure names is asked by itself; without a line, each half is. */
async function askTogether(expressions: readonly string[], ask: Ask): Promise<Outcome[]> {
  if (expressions.length === 0) return []
  const outcome = await ask(`SELECT\n${expressions.join(',\n')}`)
  if (expressions.length === 1) return [outcome]
  if (!('failure' in outcome) && outcome.types.length === expressions.length) {
    return expressions.map((_, place) => columnOf(outcome, place))
  }
  const culprit = lineOf(outcome) - 2
  const cut = expressions[culprit] === undefined ? Math.ceil(expressions.length / 2) : culprit
  const behind = expressions[culprit] === undefined ? cut : cut + 1
  const before = await askTogether(expressions.slice(0, cut), ask)
  const itself = await askTogether(expressions.slice(cut, behind), ask)
  return [...before, ...itself, ...(await askTogether(expressions.slice(behind), ask))]
}

/** The line that a failure names; none (NaN) where it names none. */
function lineOf(outcome: Outcome): number {
  return Number('failure' in outcome && /line (\d+):\d/.exec(outcome.message)?.[1])
}

function columnOf(outcome: Exclude<Outcome, {failure: string}>, place: number): Outcome {
  return {
    columns: outcome.columns.slice(place, place + 1),
    types: outcome.types.slice(place, place + 1),
    rows: outcome.rows.map((row) => row.slice(place, place + 1)),
  }
}
