import {tokensOf} from '../../../athena-sql/words/tokens'

/** Whether the endpoint can run a script: statements of SQL it can, Python it cannot. */
export function isSqlScript(location: string): boolean {
  return /\.sql$/i.test(location)
}

/**
 * The statements of a script, which semicolons divide. `${name}` is the text of the argument `--name`, wherever it stands.
 * Throws TypeError where an argument is missing or there is no statement.
 */
export function statementsOf(script: string, args: Readonly<Record<string, string>>): string[] {
  const filled = script.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = args[`--${name}`]
    if (value === undefined)
      throw new TypeError(`The script names the argument --${name}, which was not given.`)
    return value
  })
  const statements: string[] = []
  let [start, tokenCount] = [0, 0]
  for (const {kind, raw, place} of tokensOf(filled, 'trino')) {
    if (kind !== 'end' && raw !== ';') {
      tokenCount += 1
      continue
    }
    if (tokenCount > 0) statements.push(filled.slice(start, place).trim())
    ;[start, tokenCount] = [place + 1, 0]
  }
  if (statements.length === 0) throw new TypeError('The script holds no statement.')
  return statements
}
