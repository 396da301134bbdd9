/** One line of an access log, whatever its format. What the log does not say is absent. */
export interface LogLine {
  /** Milliseconds since 1970 at which the request came in, or what the log has that is nearest to it. */
  at: number
  address?: string
  user?: string
  method?: string
  /** Path without query string, as the client wrote it. */
  path?: string
  query?: string
  /** The template that the path matched, where the gateway knows it: `/orders/{id}`. */
  route?: string
  host?: string
  status?: number
  requestSizeBytes?: number
  responseSizeBytes?: number
  durationMs?: number
  referer?: string
  userAgent?: string
  /** The line as names and values, as its log writes them; absent where the format has no names. */
  record?: Readonly<Record<string, unknown>>
}

/** The members that have a value. What a log writes as `-` or leaves empty has none. */
export function known<T extends object>(members: {[K in keyof T]: T[K] | undefined}): T {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== '' && value !== '-'),
  ) as T
}

/** A number that is no status of HTTP (nginx's 000, a result of something else) says nothing. */
export function statusOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-5]\d\d$/.test(text) ? Number(text) : undefined
}
