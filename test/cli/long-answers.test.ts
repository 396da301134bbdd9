import {readdirSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

/** More than are held, and more than a page of GetQueryResults has. */
const [heldCount, pagedCount] = [60_000, 3_000]

let sandbox: Sandbox
let env: Record<string, string>
let paged: string
let long: string

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  const {endpoint} = JSON.parse(await sandbox.start(words).line) as {endpoint: string}
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1'}
  await sandbox.run(['bind-target', '--yes'], env)
  paged = queryOf(pagedCount)
  long = queryOf(heldCount)
})
afterAll(() => sandbox.close())

function queryOf(count: number): string {
  const file = join(sandbox.folder, `${count}.sql`)
  const numbers = (last: number, name: string) =>
    `(SELECT n FROM UNNEST(sequence(1, ${last})) AS ${name} (n))`
  writeFileSync(
    file,
    `SELECT a.n * 1000 + b.n AS id, CASE WHEN b.n = 1 THEN NULL ELSE 'x,' || chr(10) || 'y' END AS note
     FROM ${numbers(count / 1000, 't')} a CROSS JOIN ${numbers(1000, 'u')} b ORDER BY id`,
  )
  return file
}

const run = (file: string, ...more: string[]) => ['report', 'run', file, '--from', '-1d', ...more]

describe('a long answer', () => {
  it('is one object of JSON, with every row', async () => {
    const {exitCode, stdout} = await sandbox.run(run(paged, '--json'), env)

    const answer = JSON.parse(stdout) as {rows: object[]; completeUntil: string; columns: object[]}
    expect(exitCode).toBe(0)
    expect(Object.keys(answer)).toEqual([
      ...['report', 'from', 'to', 'columns', 'rows', 'completeUntil', 'scannedBytes', 'scanCost', 'source'],
    ])
    expect(answer.rows).toHaveLength(pagedCount)
    expect(answer.rows.slice(0, 2)).toEqual([{id: '1001'}, {id: '1002', note: 'x,\ny'}])
    expect(answer.rows.at(-1)).toEqual({id: '4000', note: 'x,\ny'})
  })

  it('is CSV with every row, in order', async () => {
    const {stdout} = await sandbox.run(run(paged, '--format', 'csv'), env)

    const records = stdout.replaceAll('"x,\ny"', 'note').split('\r\n')
    expect(records).toHaveLength(pagedCount + 2)
    expect(records.slice(0, 3)).toEqual(['id,note', '1001,', '1002,note'])
  })

  it('is a page, and nothing is left of the file that its rows waited in', async () => {
    const before = readdirSync(tmpdir())
    const {stdout} = await sandbox.run(run(long, '--format', 'html'), env)

    expect(stdout).toContain('<dt>rows</dt><dd>60,000</dd>')
    expect(stdout.split('<th scope="row"')).toHaveLength(heldCount + 1)
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('usage-tracker-rows-'))
    expect(left.filter((name) => !before.includes(name))).toEqual([])
  })

  it('ends quietly when its reader has had enough', async () => {
    const running = sandbox.start(run(long, '--format', 'csv'), env)
    await running.line
    running.hangUp()

    expect(await running.ended).toMatchObject({exitCode: 130, stderr: ''})
  })

  it('is a table with a line for each, and says how many there are', async () => {
    const short = join(sandbox.folder, 'short.sql')
    writeFileSync(short, "SELECT 'a' AS name, 12 AS calls")

    const {stdout} = await sandbox.run(run(short), env)

    expect(stdout).toMatch(
      /^name {2}calls\n-{4} {2}-{5}\na {5}12\n\n1 row\nComplete until \S+, scanned 0 bytes\n$/,
    )
  })

  it('says what is wrong before anything is written', async () => {
    const wrong = join(sandbox.folder, 'wrong.sql')
    writeFileSync(wrong, 'SELECT nothing FROM nowhere')

    const {exitCode, stdout} = await sandbox.run(run(wrong, '--json'), env)

    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'NOT_BOUND'}})
  })
})
