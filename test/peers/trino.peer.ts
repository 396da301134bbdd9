import type {AthenaClient} from '@aws-sdk/client-athena'
import {batchColumn} from '../../src/lib/road/curated-table'
import {eventColumns} from '../../src/lib/road/event-columns'
import {layout} from '../../src/lib/road/layout'
import {askAthena, outcomeOf} from './trino/athena'
import {TrinoClient} from './trino/client'
import {commands, nameOf, wordsOf} from './trino/commands'
import {arrivalDays, fillLakes, firstArrival, regions} from './trino/hostile-lake'
import {installTrino} from './trino/install'
import {fitForTrino, glueCatalog, makeTwin} from './trino/lake-tables'
import {rowsApart, type Outcome} from './trino/outcome'
import {cannedQueries, isCanned, newQueries, type RanQuery} from './trino/queries'
import {Roads} from './trino/roads'
import {TrinoServer} from './trino/server'

jest.setTimeout(300_000)

/** The names of the two lakes' catalogs on Trino. A view says in which catalog its tables are: in Athena's. */
const lakes = [
  {lake: 'the raw tables alone', catalog: 'bare', region: regions.bare},
  {lake: 'the view over compacted and raw events', catalog: 'awsdatacatalog', region: regions.made},
] as const

describe('Trino, the engine behind Athena', () => {
  let roads: Roads
  let server: TrinoServer
  let trino: TrinoClient
  const athenas = {} as Record<string, AthenaClient>
  const from = firstArrival(Date.now())
  const seen = new Set<string>()
  const asked: RanQuery[] = []
  let compaction: RanQuery[] = []

  beforeAll(async () => {
    const installation = installTrino()
    if (!installation) throw new Error('Trino needs Java, mvn and a network.')
    roads = await Roads.open(from)
    const {url} = roads.endpoint
    const starting = TrinoServer.start(
      installation,
      Object.fromEntries(lakes.map(({catalog, region}) => [catalog, glueCatalog(url, region)])),
    )
    await fillLakes(roads, from)
    for (const {region} of lakes) {
      const glue = roads.glue(region)
      await fitForTrino(glue, arrivalDays(from))
      glue.destroy()
      athenas[region] = roads.athena(region)
    }
    compaction = await newQueries(athenas[regions.made] as AthenaClient, seen)
    server = await starting
    trino = new TrinoClient(server.url)
  })

  afterAll(async () => {
    for (const athena of Object.values(athenas)) athena.destroy()
    await server?.end()
    await roads?.close()
  })

  /** Where the two engines differ over a statement that the local one has run. */
  async function differencesOf({id, sql, parameters}: RanQuery, {catalog, region}: (typeof lakes)[number]) {
    const local = await outcomeOf(athenas[region] as AthenaClient, id)
    const apart = rowsApart(await trino.ask({sql, parameters, catalog, schema: 'usage'}), local)
    return apart.slice(0, 5)
  }

  describe.each(lakes)('over $lake', (lake) => {
    it.each(commands.map((command) => ({command, name: nameOf(command)})))(
      'answers with the same cells: $name',
      async ({command}) => {
        if (command.after) await roads.must(lake.region, ...command.after)
        await roads.run(lake.region, ...wordsOf(command, from))
        const queries = await newQueries(athenas[lake.region] as AthenaClient, seen)
        asked.push(...queries)

        expect(queries.length).toBeGreaterThan(0)
        for (const query of queries) expect(await differencesOf(query, lake)).toEqual([])
      },
    )
  })

  it('was asked every canned query', () => {
    const missing = cannedQueries().filter((file) => !asked.some(({sql}) => isCanned(file, sql)))

    expect(missing).toEqual([])
  })

  describe('compacting a lake', () => {
    const [, made] = lakes
    const isInsert = ({sql}: RanQuery) => sql.startsWith('INSERT')

    it('answers what a compaction asks with the same cells', async () => {
      const questions = compaction.filter((query) => !isInsert(query))

      expect(questions.length).toBeGreaterThan(0)
      for (const query of questions) expect(await differencesOf(query, made)).toEqual([])
    })

    it("writes the same rows with a compaction's INSERT INTO", async () => {
      const inserts = compaction.filter(isInsert)
      const glue = roads.glue(made.region)
      const names = inserts.map((_, place) => `events_of_trino_${place}`)
      for (const [place, {sql}] of inserts.entries()) {
        const name = names[place] as string
        await makeTwin(glue, name)
        const own = sql.replace(`INTO "${layout.curatedTable}"`, `INTO "${name}"`)
        await trino.run({sql: own, catalog: made.catalog, schema: 'usage'})
      }
      glue.destroy()
      const learnt = [
        'tenant',
        'retry_count',
        'ratio',
        'cached',
        'code',
        'billing_region_code',
        'tags',
        'levels',
      ]
      const columns = [...eventColumns().map(({name}) => name), ...learnt, batchColumn, 'dt']
        .map((name) => `"${name}"`)
        .join(', ')
      /** The rows of tables, in one order. */
      const rowsOf = (tables: readonly string[]): Promise<Outcome> => {
        const all = tables.map((table) => `SELECT ${columns} FROM "${table}"`).join(' UNION ALL ')
        const sql = `SELECT ${columns} FROM (${all}) AS written ORDER BY ${columns}`
        return askAthena(athenas[made.region] as AthenaClient, sql)
      }
      const ours = await rowsOf([layout.curatedTable])

      expect(inserts.length).toBeGreaterThan(1)
      expect('rows' in ours && ours.rows.length).toBeGreaterThan(500)
      expect(rowsApart(await rowsOf(names), ours).slice(0, 5)).toEqual([])
    })
  })
})
