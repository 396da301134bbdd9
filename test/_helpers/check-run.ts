import {readCalls} from './calls'
import type {RecordedCall} from './calls'
import {checkCalls} from './check-calls'
import type {PrintedPolicy} from './check-calls'
import {PolicyAsker} from './policy-asker'
import type {Asked} from './policy-asker'

/** How a run of the built tool was started. */
export interface Started {
  words: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

const asker = new PolicyAsker()
/** Checks that nobody waits for, each with what it throws. */
const open: Promise<unknown>[] = []

afterEach(async () => {
  const [failure] = (await Promise.all(open.splice(0))).filter((one) => one !== undefined)
  if (failure !== undefined) throw failure
})
afterAll(() => asker.close())

/** Asks the built tool for the policy of a run, and throws where the calls that the run recorded in `file` are not allowed by it. */
export async function checkRun(started: Started, file: string): Promise<void> {
  const calls = callsToCheck(started, file)
  if (calls.length === 0) return
  const words = [...started.words.filter((word) => word !== '--json'), '--print-policy', '--json']
  judge(started, calls, await asker.ask(words, started.cwd, started.env))
}

/** As `checkRun`, while the test goes on; the test fails at its end. */
export function checkRunMeanwhile(started: Started, file: string): void {
  open.push(
    checkRun(started, file).then(
      () => undefined,
      (error: unknown) => error,
    ),
  )
}

/** What `local exec` runs calls for itself. */
function callsToCheck({words}: Started, file: string): RecordedCall[] {
  return words.includes('--print-policy') || words[0] === 'local' ? [] : readCalls(file)
}

function judge({words}: Started, calls: RecordedCall[], {status, stdout, stderr}: Asked): void {
  // Nobody asks, or nobody answers: then the run's own calls came to nothing too.
  if (/ask for the caller's account/.test(stdout)) return
  if (status !== 0) throw new Error(`${words.join(' ')} --print-policy failed: ${stdout}${stderr}`)
  checkCalls(calls, JSON.parse(stdout) as PrintedPolicy, words)
}
