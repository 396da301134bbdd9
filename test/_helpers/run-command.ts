import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {Config} from '@oclif/core'
import type {BaseCommand} from '../../src/lib/cli/base-command'
import {readCalls} from './calls'
import type {RecordedCall} from './calls'
import {checkCalls} from './check-calls'
import type {PrintedPolicy} from './check-calls'
import {temporaryFolder} from './endpoint'

type Runnable = new (argv: string[], config: Config) => BaseCommand & {id?: string}

export interface Ran {
  exitCode: number
  stdout: string
  /** The one JSON object of a run with `--json`. */
  answer: unknown
}

/** A run with what it called, and the policy that the same words print. */
export interface WatchedRun extends Ran {
  command: string
  calls: RecordedCall[]
  policy: PrintedPolicy | undefined
}

/** What the commands read of it. `Config.load` reads the built tool, which these tests do without. */
const root = join(__dirname, '..', '..')
const config = Object.assign(new Config({root}), {
  root,
  bin: 'usage-tracker',
  version: '0.0.0-test',
  dataDir: root,
  runHook: async () => ({failures: [], successes: []}),
})
const {commands} = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {commands: object}
Object.defineProperty(config, 'commands', {value: Object.values(commands)})

/** The command that the first words name: `report billing` is the file `report/billing`. */
function commandOf(words: readonly string[]): {Command: Runnable; id: string; rest: string[]} {
  for (const count of [3, 2, 1]) {
    const names = words.slice(0, count)
    const file = join(root, 'src', 'commands', ...names)
    if (names.length < count || !/^[a-z-]+$/.test(names.join('')) || !existsSync(`${file}.ts`)) continue
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which one it is, the words say
    const {default: Command} = require(file) as {default: Runnable}
    return {Command, id: names.join(':'), rest: words.slice(count)}
  }
  throw new Error(`no command: ${words.join(' ')}`)
}

async function run(words: readonly string[]): Promise<Ran & {command: string}> {
  const {Command, id, rest} = commandOf(words)
  const written: string[] = []
  const stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => written.push(String(text)) > 0)
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const before = process.exitCode
  process.exitCode = 0
  try {
    const command = new Command(rest, config)
    command.id = id
    await command.start()
    const text = written.join('')
    const answer: unknown = words.includes('--json') && text !== '' ? JSON.parse(text) : undefined
    return {command: id, exitCode: Number(process.exitCode), stdout: text, answer}
  } finally {
    process.exitCode = before
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

/**
 * Runs a command of the tool in this process, as `usage-tracker WORDS` would. Throws where it calls what its own `--print-policy` does not
 * allow.
 */
export async function runCommand(words: readonly string[]): Promise<WatchedRun> {
  const folder = temporaryFolder()
  const file = join(folder, 'calls.ndjson')
  process.env['USAGE_TRACKER_CALLS'] = file
  try {
    const ran = await run(words)
    const calls = readCalls(file)
    delete process.env['USAGE_TRACKER_CALLS']
    if (calls.length === 0) return {...ran, calls, policy: undefined}
    const asked = await run([...words.filter((word) => word !== '--json'), '--print-policy', '--json'])
    // Nobody asks, or nobody answers: then the run's own calls came to nothing too.
    if (/ask for the caller's account/.test(asked.stdout)) return {...ran, calls, policy: undefined}
    if (asked.exitCode !== 0) throw new Error(`${words.join(' ')} --print-policy failed: ${asked.stdout}`)
    const policy = asked.answer as PrintedPolicy
    checkCalls(calls, policy, words)
    return {...ran, calls, policy}
  } finally {
    delete process.env['USAGE_TRACKER_CALLS']
    rmSync(folder, {recursive: true, force: true})
  }
}
