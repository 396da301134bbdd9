/** How a query ended, on either engine: rows of cells as Athena writes them (NULL is null), or the name of its failure and its words. */
export type Outcome =
  {columns: string[]; types: string[]; rows: (string | null)[][]} | {failure: string; message: string}

/** The failure of a query of Athena: Trino's name of it stands before the words, but for what could not even be parsed. */
export function failureOf(reason: string): Outcome {
  const [, name = 'SYNTAX_ERROR', message = reason] = /^([A-Z_]+): ([\s\S]*)$/.exec(reason) ?? []
  return {failure: name, message}
}

/** An outcome as one text, to be compared. The words of a failure are not part of it. */
export function textOf(outcome: Outcome): string {
  if ('failure' in outcome) return `fails: ${outcome.failure}`
  return `${outcome.types.join(', ')}: ${outcome.rows.map((row) => JSON.stringify(row)).join(' ')}`
}

/** Where two outcomes of a query differ: rows with their number (0: the columns), by what each has there. */
export function rowsApart(trino: Outcome, local: Outcome): {row: number; trino: string; local: string}[] {
  const [theirs, ours] = [linesOf(trino), linesOf(local)]
  const count = Math.max(theirs.length, ours.length)
  return Array.from({length: count}, (_, row) => ({
    row,
    trino: theirs[row] ?? 'none',
    local: ours[row] ?? 'none',
  })).filter((one) => one.trino !== one.local)
}

function linesOf(outcome: Outcome): string[] {
  if ('failure' in outcome) return [`fails: ${outcome.failure}: ${outcome.message}`]
  const {columns, types, rows} = outcome
  const header = columns.map((name, place) => `${name} ${types[place]}`)
  return [header, ...rows].map((row) => JSON.stringify(row))
}
