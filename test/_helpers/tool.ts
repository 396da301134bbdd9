import {spawn, spawnSync, type ChildProcess} from 'node:child_process'
import {join} from 'node:path'
import {checkRunMeanwhile} from './check-run'
import {temporaryFolder} from './endpoint'

const root = join(__dirname, '..', '..')
const runJs = join(root, 'bin', 'run.js')

export interface Ran {
  status: number | null
  stdout: string
  stderr: string
}

export interface Place {
  /** Current folder; an empty one of its own unless said. */
  cwd?: string
  env?: Record<string, string>
  input?: string
}

/** The environment of a user who has set nothing: no AWS variables, a home of its own. */
export function bareEnvironment(home = temporaryFolder()): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** Runs the built tool to its end, not on a terminal. The test fails where it calls what its own `--print-policy` does not allow. */
export function runTool(args: readonly string[], place: Place = {}): Ran {
  const env = {...bareEnvironment(), ...place.env}
  const cwd = place.cwd ?? temporaryFolder()
  const calls = env['USAGE_TRACKER_CALLS'] ?? join(temporaryFolder(), 'calls.ndjson')
  const {status, stdout, stderr, error} = spawnSync(process.execPath, [runJs, ...args], {
    cwd,
    env: {...env, USAGE_TRACKER_CALLS: calls},
    input: place.input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (error) throw error
  checkRunMeanwhile({words: args, cwd, env}, calls)
  return {status, stdout, stderr}
}

export interface Serving {
  url: string
  dataDir: string
  child: ChildProcess
  /** Ends it as a user would (SIGTERM) or as a power failure would (SIGKILL), and waits until it is gone. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** `local start` of the built tool on a free port, ready to be called. `command` may put a program such as strace in front. */
export async function serve(dataDir = temporaryFolder(), command: readonly string[] = []): Promise<Serving> {
  const argv = [
    ...command,
    process.execPath,
    runJs,
    'local',
    'start',
    '--port',
    '0',
    '--data-dir',
    dataDir,
    '--json',
  ]
  const [program = '', ...args] = argv
  const child = spawn(program, args, {env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe']})
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.split('\n')[0] ?? '')
    })
    void gone.then(() => reject(new Error(`local start ended before it was ready: ${errors}`)))
  })
  const {endpoint} = JSON.parse(line) as {endpoint: string}
  return {
    url: endpoint,
    dataDir,
    child,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await gone
    },
  }
}
