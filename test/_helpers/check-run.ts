import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {readCalls} from './calls'
import {checkCalls} from './check-calls'
import type {PrintedPolicy} from './check-calls'

const runJs = join(__dirname, '..', '..', 'bin', 'run.js')

/** How a run of the built tool was started. */
export interface Started {
  words: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

/** Asks the built tool for the policy of a run, and throws where the calls that the run recorded in `file` are not allowed by it. */
export function checkRun({words, cwd, env}: Started, file: string): void {
  if (words.includes('--print-policy')) return
  const calls = readCalls(file)
  // What `local exec` runs calls for itself.
  if (calls.length === 0 || words[0] === 'local') return
  const args = [runJs, ...words.filter((word) => word !== '--json'), '--print-policy', '--json']
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd, env, input: '', encoding: 'utf8'})
  // Nobody asks, or nobody answers: then the run's own calls came to nothing too.
  if (/ask for the caller's account/.test(stdout)) return
  if (status !== 0) throw new Error(`${words.join(' ')} --print-policy failed: ${stdout}${stderr}`)
  checkCalls(calls, JSON.parse(stdout) as PrintedPolicy, words)
}
