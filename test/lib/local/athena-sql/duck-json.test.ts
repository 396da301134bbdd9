import {DuckDBInstance, type DuckDBConnection} from '@duckdb/node-api'
import {readDuckJson, writeDuckJson} from '../../../../src/lib/local/athena-sql/duck-json'
import {quoteText} from '../../../../src/lib/local/athena-sql/hive-type'
import fc from '../../../_helpers/properties'

let instance: DuckDBInstance
let duck: DuckDBConnection
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:')
  duck = await instance.connect()
})
afterAll(() => {
  duck.closeSync()
  instance.closeSync()
})

async function valueOf(sql: string): Promise<string> {
  return String((await duck.runAndReadAll(`SELECT ${sql}`)).getRowsJS()[0]?.[0])
}

const treeOf = (query: string) => valueOf(`json_serialize_sql(${quoteText(query)})`)
const textOf = (tree: string) => valueOf(`json_deserialize_sql(${quoteText(tree)})`)

describe('a tree that DuckDB wrote', () => {
  it.each([
    ['without numbers', 'SELECT coalesce(a, b) FROM t JOIN u USING (c)'],
    ['with the greatest of each size', 'SELECT 9223372036854775807, 18446744073709551615'],
    ['with 128 bits', 'SELECT 170141183460469231731687303715884105727'],
    ['with whole doubles', 'SELECT 1e0, 1e300, 2.50, -0e0 FROM t'],
    [
      'with texts that look like members',
      `SELECT ',"query_location":18446744073709551615,', ':1.0,', '1e5' FROM t`,
    ],
  ])('says the same query when it was read and written, %s', async (_, query) => {
    const tree = await treeOf(query)
    expect(await textOf(writeDuckJson(readDuckJson(tree)))).toBe(await textOf(tree))
  })

  it('keeps every number', async () => {
    const number = fc.oneof(
      fc.bigInt({min: -(2n ** 127n), max: 2n ** 127n - 1n}).map(String),
      fc.double({noNaN: true, noDefaultInfinity: true}).map((value) => value.toExponential()),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(number, {minLength: 1, maxLength: 20}), async (numbers) => {
        const tree = await treeOf(`SELECT ${numbers.join(', ')}`)
        expect(await textOf(writeDuckJson(readDuckJson(tree)))).toBe(await textOf(tree))
      }),
      {numRuns: 30},
    )
  })
})
