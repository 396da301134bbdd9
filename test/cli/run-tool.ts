import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {checkRun} from '../_helpers/check-run'

// Each run is a process of its own, and the machine may be busy.
jest.setTimeout(60_000)

export const root = join(__dirname, '..', '..')

export interface Outcome {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A user of their own: an empty home folder, an empty current folder, none of this machine's AWS settings. */
export class Sandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'usage-tracker-'))
  readonly home = join(this.folder, 'home')
  readonly project = join(this.folder, 'project')
  readonly dataDir = join(this.folder, 'data')
  private readonly children = new Set<ChildProcess>()
  private runCount = 0

  constructor() {
    mkdirSync(this.home)
    mkdirSync(this.project)
  }

  /** Runs the built tool to its end. `stdin` is empty and no terminal. Throws where it calls what its own `--print-policy` does not allow. */
  async run(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
    const calls = join(this.folder, `calls-${++this.runCount}.ndjson`)
    const outcome = await this.start(args, {USAGE_TRACKER_CALLS: calls, ...env}).ended
    await checkRun({words: args, cwd: this.project, env: this.environment(env)}, calls)
    return outcome
  }

  /** Starts the built tool; `line` is its first line on stdout. */
  start(args: readonly string[], env: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [join(root, 'bin', 'run.js'), ...args], {
      cwd: this.project,
      env: this.environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.children.add(child)
    const running = new Running(child)
    void running.ended.then(() => this.children.delete(child))
    return running
  }

  private environment(env: Record<string, string>): NodeJS.ProcessEnv {
    return {PATH: process.env['PATH'], HOME: this.home, ...env}
  }

  /** Ends what still runs and removes the folders. */
  async close(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL')
    rmSync(this.folder, {recursive: true, force: true, maxRetries: 5})
  }
}

export class Running {
  readonly line: Promise<string>
  readonly ended: Promise<Outcome>
  private onStderr: (stderr: string) => void = () => undefined

  constructor(private readonly child: ChildProcess) {
    let stdout = ''
    let stderr = ''
    child.stderr?.on('data', (data: Buffer) => {
      stderr += data.toString()
      this.onStderr(stderr)
    })
    this.line = new Promise((resolve, reject) => {
      child.stdout?.on('data', (data: Buffer) => {
        stdout += data.toString()
        if (stdout.includes('\n')) resolve(stdout.split('\n')[0] ?? '')
      })
      child.on('close', () => reject(new Error(`ended without a line: ${stderr}`)))
    })
    // Whoever wants the line waits for it; nobody else need know that there was none.
    this.line.catch(() => undefined)
    this.ended = new Promise((resolve) =>
      child.on('close', (exitCode) => resolve({exitCode, stdout, stderr})),
    )
  }

  /** Resolves once these words stand on stderr. */
  said(words: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onStderr = (stderr) => {
        if (stderr.includes(words)) resolve()
      }
      void this.ended.then(({stderr}) => reject(new Error(`ended without saying "${words}": ${stderr}`)))
    })
  }

  /** Reads no more of stdout, as `head` does. */
  hangUp(): void {
    this.child.stdout?.destroy()
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }
}
