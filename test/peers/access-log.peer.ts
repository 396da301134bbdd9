import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {runTool, serve} from '../_helpers/tool'

const log = process.env['ACCESS_LOG'] ?? ''
const whenThere = existsSync(log) ? it : it.skip

/** A column of figures from awk, which shares nothing with the tool. */
function awk(program: string): string[] {
  const {stdout, status, stderr} = spawnSync('bash', ['-c', `gzip -dc "$LOG" | awk '${program}' | sort`], {
    env: {...process.env, LOG: log, LC_ALL: 'C'},
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim().split('\n')
}

// A whole line of the combined format has its quotes closed: request, referrer and agent make six.
const whole = 'gsub(/"/, "\\"") == 6'
// The feature is the first segment of the path without its query; the root has none.
const feature = `split($7, u, "?"); n = split(u[1], p, "/"); f = p[2]`

describe('real web traffic, from the log to the report', () => {
  whenThere('adds up to what awk counts in the log (ACCESS_LOG)', async () => {
    const serving = await serve()
    const env = {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: serving.url,
    }
    const run = (...args: string[]) => {
      const {status, stdout, stderr} = runTool([...args, '--json'], {env})
      expect({args, status, stderr: status === 0 ? '' : stderr + stdout}).toEqual({
        args,
        status: 0,
        stderr: '',
      })
      return JSON.parse(stdout) as Record<string, never>
    }
    run('bind-target', '--yes')
    const imported = run('events', 'import', log) as unknown as {
      readCount: number
      acceptedCount: number
      badLineCount: number
    }
    run('events', 'import', log)
    run('local', 'flush', '--endpoint-url', serving.url)
    const features = run(
      'report',
      'features',
      '--from',
      '2010-01-01',
      '--to',
      '2026-12-31',
      '--limit',
      '100000',
    ) as unknown as {rows: {feature: string; calls: number}[]; duplicateCount: number}
    const billing = run(
      'report',
      'billing',
      '--from',
      '2010-01-01',
      '--to',
      '2026-12-31',
      '--limit',
      '100000',
    ) as unknown as {rows: {customerId: string; calls: number}[]; totals: {calls: number}}
    await serving.end()

    const [wholeLines] = awk(`${whole} { n++ } END { print n }`)
    const byFeature = awk(
      `${whole} { ${feature}; if (f == "") f = "(none)"; c[f]++ } END { for (f in c) print f, c[f] }`,
    )
    const byCustomer = awk(
      `${whole} { if ($3 == "-") $3 = "(none)"; c[$3]++ } END { for (f in c) print f, c[f] }`,
    )
    expect(imported.acceptedCount).toBe(Number(wholeLines))
    expect(imported.badLineCount).toBe(10_000 - Number(wholeLines))
    expect(billing.totals.calls).toBe(Number(wholeLines))
    expect(features.duplicateCount).toBe(Number(wholeLines))
    const sorted = (lines: string[]) => lines.sort((a, b) => (a < b ? -1 : 1))
    expect(sorted(features.rows.map((row) => `${row.feature} ${row.calls}`))).toEqual(sorted(byFeature))
    expect(sorted(billing.rows.map((row) => `${row.customerId} ${row.calls}`))).toEqual(sorted(byCustomer))
  })

  if (!existsSync(log)) {
    // eslint-disable-next-line jest/expect-expect -- names what did not run
    it.skip('SKIPPED: the variable ACCESS_LOG names no log', () => undefined)
  }
})
