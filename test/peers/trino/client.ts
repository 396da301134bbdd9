import {parseExact} from '../../../src/lib/core/json'
import {renderTrino, typeName, type TypeSignature} from './render'
import type {Outcome} from './outcome'

export interface TrinoQuery {
  sql: string
  /** SQL texts of literals, in place of `?`. */
  parameters?: readonly string[]
  catalog?: string
  schema?: string
}

/** A page of an answer, as the REST API of Trino's clients has it. */
interface Page {
  nextUri?: string
  columns?: {name: string; typeSignature: TypeSignature}[]
  data?: unknown[][]
  error?: {errorName: string; message: string}
}

/** Asks one server over HTTP. */
export class TrinoClient {
  constructor(private readonly url: string) {}

  /** Runs a statement to its end: its rows as Athena would write them, or the name and words of its failure. */
  async ask({sql, parameters = [], catalog, schema}: TrinoQuery): Promise<Outcome> {
    const statement = parameters.length === 0 ? sql : withParameters(sql, parameters)
    const headers = {
      'X-Trino-User': 'peers',
      'X-Trino-Time-Zone': 'UTC',
      ...(catalog !== undefined && {'X-Trino-Catalog': catalog}),
      ...(schema !== undefined && {'X-Trino-Schema': schema}),
    }
    let page = await read(await fetch(`${this.url}/v1/statement`, {method: 'POST', headers, body: statement}))
    let columns = page.columns
    const rows: unknown[][] = []
    for (;;) {
      columns ??= page.columns
      rows.push(...(page.data ?? []))
      if (page.error) return {failure: page.error.errorName, message: page.error.message}
      if (page.nextUri === undefined) break
      page = await read(await fetch(page.nextUri))
    }
    const signatures = (columns ?? []).map(({typeSignature}) => typeSignature)
    return {
      columns: (columns ?? []).map(({name}) => name),
      types: signatures.map(typeName),
      rows: rows.map((row) =>
        row.map((value, place) => renderTrino(value, signatures[place] as TypeSignature)),
      ),
    }
  }

  /** Runs a statement that must succeed. */
  async run(query: TrinoQuery): Promise<void> {
    const outcome = await this.ask(query)
    if ('failure' in outcome) throw new Error(`${outcome.failure}: ${outcome.message}\n${query.sql}`)
  }
}

/** As Athena runs a query with parameters: as a prepared statement, each parameter an expression. */
function withParameters(sql: string, parameters: readonly string[]): string {
  return `EXECUTE IMMEDIATE '${sql.replaceAll("'", "''")}' USING ${parameters.join(', ')}`
}

async function read(response: Response): Promise<Page> {
  const text = await response.text()
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${text}`)
  return parseExact(text) as Page
}
