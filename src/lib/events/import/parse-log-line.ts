import {parseLogTime} from './log-time'

/** One line of an access log. What the log writes as `-` is absent; `responseSizeBytes` is 0 then. */
export interface LogLine {
  address: string
  user?: string
  /** Milliseconds since 1970. */
  at: number
  method?: string
  /** Path without query string, as the client wrote it. */
  path?: string
  query?: string
  status: number
  responseSizeBytes: number
  referer?: string
  userAgent?: string
  /** The line has the two fields that the combined format adds to the common one. */
  isCombined: boolean
}

/**
 * Common Log Format (Apache mod_log_config, "%h %l %u %t \"%r\" %>s %b"), the combined format with referer and user agent,
 * and nginx's `combined`, which is written the same way. Whole fields may follow; a line that was cut inside one does not match.
 */
const LINE =
  /^(\S+) \S+ (\S+(?: [^[\s]\S*)*) \[([^\]]{20,40})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?((?: (?:"(?:[^"\\]|\\.)*"|[^\s"]+))*)$/

const REQUEST = /^([A-Z][A-Z_-]*) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/

/** Reads a line; undefined where it is none of an access log in the common or combined format. */
export function parseLogLine(line: string): LogLine | undefined {
  const fields = LINE.exec(line)
  if (!fields) return undefined
  const [, address = '', user, time = '', request = '', status, size, referer, userAgent] = fields
  const at = parseLogTime(time)
  if (at === undefined) return undefined
  return {
    address,
    ...given('user', user),
    at,
    ...parseRequest(request),
    status: Number(status),
    responseSizeBytes: size === '-' ? 0 : Number(size),
    ...given('referer', referer),
    ...given('userAgent', userAgent),
    isCombined: userAgent !== undefined,
  }
}

function given<K extends string>(name: K, text: string | undefined): Partial<Record<K, string>> {
  if (text === undefined || text === '-' || text === '') return {}
  return {[name]: unescapeField(text)} as Partial<Record<K, string>>
}

/** `GET /path?query HTTP/1.1`. What is no request line (a handshake on the wrong port) has neither method nor path. */
function parseRequest(request: string): Pick<LogLine, 'method' | 'path' | 'query'> {
  const parts = REQUEST.exec(unescapeField(request))
  if (!parts) return {}
  const [, method = '', target = ''] = parts
  const local = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/, '')
  const [path = '', ...query] = local.split('?')
  return {method, path: path === '' ? '/' : path, ...(query.length > 0 ? {query: query.join('?')} : {})}
}

/** Undoes how Apache and nginx escape what a client sent: `\"`, `\\`, `\xhh` of a byte of UTF-8. */
function unescapeField(text: string): string {
  if (!text.includes('\\')) return text
  const plain = text.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString(),
  )
  return plain.replace(/\\(["\\])/g, '$1')
}
