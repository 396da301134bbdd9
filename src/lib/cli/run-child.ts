import {spawn} from 'node:child_process'
import {constants} from 'node:os'
import {OpError, systemCodeOf} from '../core/errors'

/** Signals that end a program when the tool is sent them. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program on this process's own streams and answers its exit code, as a shell does: 128 and the signal's number where
 * one ended it. While it runs, signals are its business: an interrupt from the terminal reaches it by itself, the others are passed on.
 * Throws COMMAND_NOT_FOUND (usage) where it cannot be started.
 */
export async function runChild(words: readonly string[], env: Record<string, string>): Promise<number> {
  const [program = '', ...args] = words
  const passOn = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  // Before the program is there: it may speak, and be answered with a signal, before `spawn` returns.
  for (const signal of passedOn) process.on(signal, passOn)
  const child = spawn(program, args, {env, stdio: 'inherit'})
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(program, error)))
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
    })
  } finally {
    for (const signal of passedOn) process.off(signal, passOn)
  }
}

function notStarted(program: string, error: Error): Error {
  const code = systemCodeOf(error)
  if (code !== 'ENOENT' && code !== 'EACCES') return error
  const why = code === 'ENOENT' ? 'There is no program' : 'It is not allowed to run'
  return new OpError('usage', 'COMMAND_NOT_FOUND', `${why} "${program}".`, {
    hint: 'What stands behind -- is a program and its words: usage-tracker local exec -- npm test. For more than one, use sh -c.',
    cause: error,
  })
}
