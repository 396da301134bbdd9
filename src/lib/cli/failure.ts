import {Errors} from '@oclif/core'
import {OpError, exitCodes, messageOf, systemCodeOf} from '../core/errors'
import {nearest} from '../core/nearest'

/** The `error` object of a `--json` answer. Keys that have no value are missing. */
export interface FailureBody {
  code: string
  message: string
  hint?: string
  requestId?: string
}

export interface Failure {
  exitCode: number
  body: FailureBody
}

const HELP_LINE = /\s*See more help with --help\s*$/
const PARSING_PREFIX = /^Parsing (--\S+) \n\t/

/**
 * What anything that was thrown means to the user: the exit code and the error's JSON form. `help` is the command that shows
 * help, `flags` the names that a misspelt flag may have meant. An `OpError` speaks for
 * itself; an error of the SDK is mapped by lib/aws (loaded only then); oclif's own errors are bad usage; the rest is a bug of ours.
 */
export async function toFailure(
  error: unknown,
  help: string,
  flags: readonly string[] = [],
): Promise<Failure> {
  const known = isSdkError(error) ? await mapSdkError(error) : error
  if (known instanceof OpError) return {exitCode: exitCodes[known.kind], body: bodyOf(known)}
  if (isPromptExit(known)) {
    return {
      exitCode: exitCodes.interrupted,
      body: {code: 'INTERRUPTED', message: 'Interrupted at a question. Nothing was changed.'},
    }
  }
  if (known instanceof Errors.CLIError) return usageFailure(known, help, flags)
  return {
    exitCode: exitCodes.bug,
    body: {
      code: 'BUG',
      message: `This is a mistake in usage-tracker, not yours: ${messageOf(known)}`,
      hint: 'Run it again with DEBUG=usage-tracker to see where it happened, and report that.',
    },
  }
}

/** An `OpError` as JSON. A message that oclif's parser has wrapped ("Parsing --flag ...") is unwrapped. */
function bodyOf(error: OpError): FailureBody {
  return {
    code: error.code,
    message: unwrapped(error.message),
    ...(error.hint === undefined ? {} : {hint: error.hint}),
    ...(error.requestId === undefined ? {} : {requestId: error.requestId}),
  }
}

/** oclif's parser wraps what a flag's own check says; the flag's name is kept. */
function unwrapped(message: string): string {
  return message.replace(PARSING_PREFIX, '$1: ').replace(HELP_LINE, '')
}

function usageFailure(error: Errors.CLIError, help: string, flags: readonly string[]): Failure {
  const message = unwrapped(error.message)
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^Nonexistent flags?: (.*)$/, 'There is no flag $1.')
  const written = /^There is no flag --([\w-]+)/.exec(message)?.[1]
  const meant = written === undefined ? undefined : nearest(written, flags)
  const hint = meant === undefined ? help : `--${meant}, or ${help}`
  return {exitCode: exitCodes.usage, body: {code: 'BAD_USAGE', message, hint}}
}

const networkCodes = /^(EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT)$/
const sdkNames = /^(AbortError|CredentialsProviderError|TokenProviderError|TimeoutError)$/

/** Errors that come out of the AWS SDK: a service's answer, the network's, the credential chain's. */
function isSdkError(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof OpError) return false
  if ('$metadata' in error || '$response' in error || sdkNames.test(error.name)) return true
  return networkCodes.test(systemCodeOf(error) ?? '')
}

async function mapSdkError(error: unknown): Promise<unknown> {
  const {toOpError} = await import('../aws/map-sdk-error')
  return toOpError(error, 'call AWS')
}

/** inquirer rejects with this when Ctrl-C is pressed at a question. */
function isPromptExit(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError'
}

/** What ends a command because its user wants it so: no error. */
const wishes: ReadonlySet<string> = new Set(['INTERRUPTED', 'NOT_CONFIRMED'])

/** The failure as text for a person: what happened, and what to try. */
export function failureText(body: FailureBody): string {
  const lines = [wishes.has(body.code) ? body.message : `Error: ${body.message}`]
  if (body.requestId !== undefined) lines.push(`Request: ${body.requestId}`)
  if (body.hint !== undefined) lines.push(`Try: ${body.hint}`)
  return lines.join('\n')
}
