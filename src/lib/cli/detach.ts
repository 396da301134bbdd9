import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {closeSync, openSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {OpError, exitCodes, messageOf} from '../core/errors'
import type {ErrorKind} from '../core/errors'
import {makeFolder} from '../core/make-folder'

/** The first line of a serving process under `--json`. */
export interface ReadyLine {
  type: 'ready'
  endpoint: string
  dataDir: string
}

export interface DetachOptions {
  /** `bin/run.js`, absolute. */
  script: string
  /** Words of the command that serves, with `--json`. */
  args: readonly string[]
  dataDir: string
}

/**
 * Starts the serving process on its own, outliving this one, and waits until it is ready. What it writes to stderr goes
 * to `endpoint.log` of the data folder. Throws the error that the process reports, or START_FAILED (service).
 */
export async function detach(options: DetachOptions): Promise<ReadyLine & {pid: number}> {
  const logFile = join(options.dataDir, 'endpoint.log')
  const log = openLog(options.dataDir, logFile)
  const child = spawn(process.execPath, [options.script, ...options.args], {
    detached: true,
    stdio: ['ignore', 'pipe', log],
  })
  closeSync(log)
  const line = await firstLine(child)
  const said = parseLine(line)
  if (said?.type === 'ready' && child.pid !== undefined) {
    child.stdout?.destroy()
    child.unref()
    return {...(said as ReadyLine), pid: child.pid}
  }
  if (said?.error) throw await reported(child, said.error)
  throw new OpError('service', 'START_FAILED', 'The local endpoint ended before it was ready.', {
    hint: `Its last words are in ${logFile}.`,
  })
}

function openLog(dataDir: string, logFile: string): number {
  try {
    makeFolder(dataDir)
    return openSync(logFile, 'a', 0o600)
  } catch (error) {
    throw new OpError(
      'usage',
      'DATA_FOLDER_UNUSABLE',
      `The data folder ${dataDir} cannot be used: ${messageOf(error)}.`,
      {
        hint: 'Name a folder that you may write to with --data-dir.',
      },
    )
  }
}

/** The first line of the process's stdout; an empty text where it ends without one. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(''))
    if (!child.stdout) {
      resolve('')
      return
    }
    const lines = createInterface({input: child.stdout})
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
}

interface Said {
  type?: string
  error?: {code: string; message: string; hint?: string}
}

function parseLine(line: string): Said | undefined {
  try {
    return JSON.parse(line) as Said
  } catch {
    return undefined
  }
}

/** The process's error as ours; its exit code says of which kind it is. */
async function reported(child: ChildProcess, error: NonNullable<Said['error']>): Promise<OpError> {
  const exitCode =
    child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('exit', resolve)))
  const kinds = Object.entries(exitCodes) as [ErrorKind, number][]
  const kind = kinds.find(([, code]) => code === exitCode)?.[0] ?? 'service'
  return new OpError(kind, error.code, error.message, {hint: error.hint})
}
