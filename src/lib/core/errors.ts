/**
 * What kind of failure an error is. The kind decides the exit code (design: "Exit codes"):
 * `bug` 1 · `usage` 2 · `absent` 3 · `denied` 4 · `service` 5 · `partial` 6 · `timeout` 7 · `differs` 9 · `interrupted` 130.
 */
export type ErrorKind =
  'bug' | 'usage' | 'absent' | 'denied' | 'service' | 'partial' | 'timeout' | 'differs' | 'interrupted'

export const exitCodes: Readonly<Record<ErrorKind, number>> = {
  bug: 1,
  usage: 2,
  absent: 3,
  denied: 4,
  service: 5,
  partial: 6,
  timeout: 7,
  differs: 9,
  interrupted: 130,
}

export interface ErrorDetails {
  /** The next thing to try, as a sentence or a command. */
  hint?: string | undefined
  /** The id under which the service knows the failed request. */
  requestId?: string | undefined
  cause?: unknown
}

/**
 * Every error the tool throws on purpose: a kind (exit code), a stable SCREAMING_SNAKE code that is listed in
 * `docs/exit-codes.md`, a message that says what happened and why, and a hint that says what to do next.
 */
export class OpError extends Error {
  readonly hint: string | undefined
  readonly requestId: string | undefined

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause})
    this.name = 'OpError'
    this.hint = details.hint
    this.requestId = details.requestId
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The code of a Node system error (`ENOENT`, `EADDRINUSE`), else undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
