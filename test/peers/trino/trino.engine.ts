import {askExpressions} from './ask-expressions'
import {commandsOf, fillRoads, firstArrival, regions} from './hostile-lake'
import {glueCatalog, makeRawTable, ownCatalog, projectInDays} from './lake-tables'
import {cannedQueries, isCanned, queriesOf, type RanQuery} from './queries'
import {TrinoClient} from './client'
import {installTrino} from './install'
import {countOf, differencesOf, knownDifferences, knownToFail} from './known'
import {rowsApart, textOf, type Outcome} from './outcome'
import {caseFiles, readCases} from './read-cases'
import {Roads} from './roads'
import {LocalEngine} from './local-engine'
import {TrinoServer} from './server'

jest.setTimeout(300_000)

describe('Trino, the engine behind Athena', () => {
  let roads: Roads
  let server: TrinoServer
  let trino: TrinoClient
  const local = new LocalEngine()
  const from = firstArrival(Date.now())

  beforeAll(async () => {
    const installation = installTrino()
    if (!installation) throw new Error('Trino needs Java, mvn and a network.')
    roads = await Roads.open(from)
    const {url} = roads.endpoint
    server = await TrinoServer.start(installation, {
      own: ownCatalog(url, regions.parquet),
      glue: glueCatalog(url, regions.changed),
    })
    trino = new TrinoClient(server.url)
  })

  afterAll(async () => {
    await local.close()
    await server?.end()
    await roads?.close()
  })

  describe('over the objects of a lake', () => {
    const asked: RanQuery[] = []

    beforeAll(async () => {
      await fillRoads(roads, from)
      await makeRawTable(trino, 'own', `usage-000000000000-${regions.parquet}`)
      for (const region of Object.values(regions)) {
        const commands = commandsOf(from)
        const chosen = region === regions.parquet ? commands : commands.filter((_, at) => at % 4 === 0)
        for (const words of chosen) await roads.run(region, ...words)
        const glue = roads.glue(region)
        await projectInDays(glue)
        glue.destroy()
      }
    })

    it.each([
      {what: 'tables of its own over Parquet', catalog: 'own', region: regions.parquet},
      {what: "the endpoint's tables of both forms", catalog: 'glue', region: regions.changed},
    ])('answers every query of the tool with the same cells: $what', async ({catalog, region}) => {
      const client = roads.athena(region)
      const queries = await queriesOf(client, 'usage')
      client.destroy()
      asked.push(...queries)
      let rowCount = 0
      const apart: unknown[] = []
      for (const {sql, parameters, outcome} of queries) {
        const theirs = await trino.ask({sql, parameters, catalog, schema: 'usage'})
        const rows = rowsApart(theirs, outcome)
        if (rows.length > 0) apart.push({parameters, sql, rows: rows.slice(0, 5), count: rows.length})
        if ('rows' in theirs) rowCount += theirs.rows.length
      }
      process.stdout.write(`trino 483, ${catalog}: ${queries.length} queries of the tool, ${rowCount} rows\n`)

      expect(apart.slice(0, 3)).toEqual([])
    })

    it('was asked every canned query', () => {
      const missing = cannedQueries().filter((file) => !asked.some(({sql}) => isCanned(file, sql)))

      expect(missing).toEqual([])
    })
  })

  const askTrino = (sql: string) => trino.ask({sql})
  const askLocal = (sql: string) => local.ask(sql)

  /** Compares each case, but for those that are known to differ; with `TRINO_KNOWN=write` all that differ are known from then on. */
  function expectAlike(file: string, cases: readonly string[], theirs: Outcome[], ours: Outcome[]): void {
    const differences = differencesOf(
      cases.flatMap((name, place) => {
        const [trinos, locals] = [theirs[place] as Outcome, ours[place] as Outcome]
        return textOf(trinos) === textOf(locals) ? [] : [{case: name, trino: trinos, local: locals}]
      }),
    )
    const counts = Object.entries(countOf(differences)).map(([kind, count]) => `${count} ${kind}`)
    process.stdout.write(`trino 483, ${file}: ${cases.length} cases; ${counts.join(', ') || 'all alike'}\n`)

    expect(differences).toEqual(knownDifferences(file, differences))
  }

  it.each(caseFiles('expressions'))(
    'makes of expressions what the local endpoint makes: %s',
    async (about) => {
      const file = `expressions/${about}`
      const cases = readCases(file)
      const theirs = await askExpressions(cases, askTrino, knownToFail(file, 'trino'))
      const failsHere = knownToFail(file, 'local')
      const fails = (name: string, place: number) =>
        failsHere(name) || 'failure' in (theirs[place] as Outcome)
      const ours = await askExpressions(cases, askLocal, fails)

      expectAlike(file, cases, theirs, ours)
    },
  )

  it.each(caseFiles('queries'))('answers queries as the local endpoint does: %s', async (about) => {
    const file = `queries/${about}`
    const cases = readCases(file)
    const theirs: Outcome[] = []
    const ours: Outcome[] = []
    for (const sql of cases) {
      const [trinos, locals] = await Promise.all([askTrino(sql), askLocal(sql)])
      theirs.push(trinos)
      ours.push(locals)
    }

    expectAlike(file, cases, theirs, ours)
  })
})
