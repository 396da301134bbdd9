import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {readCalls} from './calls'
import type {RecordedCall} from './calls'
import {checkCalls} from './check-calls'
import type {PrintedPolicy} from './check-calls'
import type {Asked, PolicyAsker} from './policy-asker'

const runJs = join(__dirname, '..', '..', 'bin', 'run.js')

/** How a run of the built tool was started. */
export interface Started {
  words: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

/** Asks the built tool for the policy of a run, and throws where the calls that the run recorded in `file` are not allowed by it. */
export function checkRun(started: Started, file: string): void {
  const calls = callsToCheck(started, file)
  if (calls.length === 0) return
  const {cwd, env} = started
  const words = [runJs, ...asking(started)]
  const asked = spawnSync(process.execPath, words, {cwd, env, input: '', encoding: 'utf8'})
  judge(started, calls, asked)
}

/** As `checkRun`, and meanwhile this process goes on: it may be the service that the run called. */
export async function checkRunMeanwhile(asker: PolicyAsker, started: Started, file: string): Promise<void> {
  const calls = callsToCheck(started, file)
  if (calls.length === 0) return
  judge(started, calls, await asker.ask(asking(started), started.cwd, started.env))
}

/** What `local exec` runs calls for itself. */
function callsToCheck({words}: Started, file: string): RecordedCall[] {
  return words.includes('--print-policy') || words[0] === 'local' ? [] : readCalls(file)
}

function asking({words}: Started): string[] {
  return [...words.filter((word) => word !== '--json'), '--print-policy', '--json']
}

function judge({words}: Started, calls: RecordedCall[], {status, stdout, stderr}: Asked): void {
  // Nobody asks, or nobody answers: then the run's own calls came to nothing too.
  if (/ask for the caller's account/.test(stdout)) return
  if (status !== 0) throw new Error(`${words.join(' ')} --print-policy failed: ${stdout}${stderr}`)
  checkCalls(calls, JSON.parse(stdout) as PrintedPolicy, words)
}
