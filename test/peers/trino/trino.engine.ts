import {askExpressions} from './ask-expressions'
import {TrinoClient} from './client'
import {installTrino} from './install'
import {countOf, differencesOf, knownDifferences, knownToFail} from './known'
import {textOf, type Outcome} from './outcome'
import {caseFiles, readCases} from './read-cases'
import {LocalEngine} from './local-engine'
import {TrinoServer} from './server'

jest.setTimeout(900_000)

describe('Trino, the engine behind Athena', () => {
  let server: TrinoServer
  let trino: TrinoClient
  const local = new LocalEngine()

  beforeAll(async () => {
    const installation = installTrino()
    if (!installation) throw new Error('Trino needs Java, mvn and a network.')
    server = await TrinoServer.start(installation, {})
    trino = new TrinoClient(server.url)
  })

  afterAll(async () => {
    await local.close()
    await server?.end()
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
