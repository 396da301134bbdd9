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
// The feature is the first segment of the path without its query (slashes before it do not count); the root has none.
const feature = `split($7, u, "?"); sub(/^\\/+/, "", u[1]); split(u[1], p, "/"); f = p[1]`

describe('real web traffic, from the log to the report', () => {
  whenThere('adds up to what awk counts in the log (ACCESS_LOG)', async () => {
    const serving = await serve()
    const env = {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: serving.url,
    }
    const run = (args: string[], wanted = 0) => {
      const {status, stdout, stderr} = runTool([...args, '--json'], {env})
      expect({args, status, output: status === wanted ? '' : stderr + stdout}).toEqual({
        args,
        status: wanted,
        output: '',
      })
      return JSON.parse(stdout) as unknown
    }
    const range = ['--from', '2010-01-01', '--to', '2026-12-31', '--limit', '100000']
    run(['bind-target', '--yes'])
    // One line is cut short, so a part of the work is left: exit code 6.
    const imported = run(['events', 'import', log], 6) as {
      readCount: number
      acceptedCount: number
      badLineCount: number
    }
    run(['events', 'import', log], 6)
    run(['local', 'flush', '--endpoint-url', serving.url])
    const features = run(['report', 'features', ...range]) as {
      rows: {feature: string; calls: number}[]
      duplicateCount: number
    }
    const billing = run(['report', 'billing', ...range]) as {
      rows: {customerId: string; calls: number}[]
      totals: {calls: number}
    }
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
})
