import {pieces} from '../../../athena-sql/statement'

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
  const statements = ['']
  for (const {text} of pieces(filled)) {
    if (text === ';') statements.push('')
    else statements.push(`${statements.pop() ?? ''}${text}`)
  }
  const kept = statements.map((one) => one.trim()).filter(holdsWords)
  if (kept.length === 0) throw new TypeError('The script holds no statement.')
  return kept
}

function holdsWords(statement: string): boolean {
  return pieces(statement).some(({text}) => !/^(?:\s|--|\/\*)/.test(text))
}
