import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {AthenaSql} from '../../../src/lib/local/athena-sql/athena-sql'
import type {SqlResult} from '../../../src/lib/local/athena-sql/sql-result'
import {BlobStore} from '../../../src/lib/local/blob-store'
import {Catalog} from '../../../src/lib/local/catalog'
import {SqlFailure} from '../../../src/lib/local/athena-sql/sql-failure'
import {Store} from '../../../src/lib/local/store'
import {temporaryFolder} from '../../_helpers/endpoint'
import {failureOf, type Outcome} from './outcome'

/** The local endpoint's Athena without the endpoint: what runs its SQL, over an empty catalog. Thousands of small queries are quicker so. */
export class LocalEngine {
  private readonly folder = temporaryFolder()
  private readonly store = new Store(join(this.folder, 'store'))
  private readonly engine = new AthenaSql(
    new Catalog(this.store),
    new BlobStore(this.store, join(this.folder, 'buckets')),
  )

  async ask(sql: string): Promise<Outcome> {
    const query = {sql, parameters: [], region: 'eu-west-1', database: undefined, now: Date.now()}
    try {
      return await this.engine.run({...query, signal: new AbortController().signal}, outcomeOf)
    } catch (error) {
      if (error instanceof SqlFailure) return failureOf(error.message)
      throw error
    }
  }

  async close(): Promise<void> {
    await this.store.close()
    rmSync(this.folder, {recursive: true, force: true})
  }
}

async function outcomeOf({columns, batches}: SqlResult): Promise<Outcome> {
  const rows: (string | null)[][] = []
  for await (const batch of batches) rows.push(...batch.map((row) => row.map((cell) => cell ?? null)))
  return {
    columns: columns.map(({name}) => name),
    types: columns.map(({type, precision, scale}) =>
      type === 'decimal' ? `decimal(${precision},${scale})` : type,
    ),
    rows,
  }
}
