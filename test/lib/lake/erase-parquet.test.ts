import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DuckDBInstance, type DuckDBConnection} from '@duckdb/node-api'
import {eraseParquet} from '../../../src/lib/lake/erase/erase-parquet'

let folder: string
let connection: DuckDBConnection

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-tracker-test-'))
  connection = await (await DuckDBInstance.create(':memory:')).connect()
})
afterAll(() => {
  connection.closeSync()
  rmSync(folder, {recursive: true, force: true})
})

async function parquetOf(sql: string): Promise<Buffer> {
  const file = join(folder, 'made.parquet')
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`)
  return readFileSync(file)
}

async function rowsOf(bytes: Buffer | undefined): Promise<unknown[]> {
  const file = join(folder, 'read.parquet')
  writeFileSync(file, bytes ?? '')
  return (await connection.runAndReadAll(`SELECT * FROM '${file}'`)).getRowObjectsJson()
}

const detail = (user: string) =>
  `{'eventid': 'e', 'customer': {'id': 'acme', 'tier': 'gold'}, 'user': {'id': '${user}', 'email': 'a@b'}, ` +
  `'client': {'address': '1.2.3.4'}, 'attributes': MAP {'a': 'b'}, 'billing': {'region': 'eu'}, 'tags': ['x']}`

describe('a Parquet object without what is personal', () => {
  it('has nothing left of an event of theirs but what the contract names, where events are whole', async () => {
    const bytes = await parquetOf(`SELECT 'i' AS id, unnest([${detail('ann')}, ${detail('bob')}]) AS detail`)

    const erased = await eraseParquet(bytes, 'raw', {kind: 'user', id: 'ann'})

    expect(erased?.count).toBe(1)
    const [before] = await rowsOf(await parquetOf(`SELECT 'i' AS id, ${detail('bob')} AS detail`))
    expect(await rowsOf(erased?.bytes)).toEqual([
      {
        id: 'i',
        detail: {
          ...{eventid: 'e', customer: {id: 'acme', tier: null}, user: {id: null, email: null}},
          ...{client: {address: null}, attributes: null, billing: null, tags: null},
        },
      },
      before,
    ])
  })

  it('has columns that were learnt blanked too, where events are columns', async () => {
    const bytes = await parquetOf(
      `SELECT unnest(['ann', 'bob']) AS user_id, 'a@b' AS email, ['x'] AS tags, 'shop' AS service_name, ` +
        `TIMESTAMP '2026-11-10 05:00:00' AS billing_time, '00000001' AS batch`,
    )

    const erased = await eraseParquet(bytes, 'curated', {kind: 'user', id: 'ann'})

    expect(await rowsOf(erased?.bytes)).toMatchObject([
      {user_id: null, email: null, tags: null, service_name: 'shop', batch: '00000001'},
      {user_id: 'bob', email: 'a@b', tags: ['x'], service_name: 'shop', batch: '00000001'},
    ])
  })
})
