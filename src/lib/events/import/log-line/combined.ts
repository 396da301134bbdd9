import {known, statusOf, type LogLine} from './log-line'
import {parseLogTime} from './log-time'
import {parseRequest} from './request-line'

/** A line of the common format has no user agent, one of the combined format has, if only as `-`. */
export interface CommonLine {
  line: LogLine
  isCombined: boolean
}

/**
 * Common Log Format (Apache mod_log_config, "%h %l %u %t \"%r\" %>s %b"), the combined format with referer and user agent,
 * nginx's `combined`, which is written the same way, and API Gateway's "CLF" example, which has no space before the request.
 * Whole fields may follow; a line that was cut inside one does not match.
 */
const LINE =
  /^(\S+) \S+ (\S+(?: [^[\s]\S*)*) \[([^\]]{20,40})\] ?"((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?((?: (?:"(?:[^"\\]|\\.)*"|[^\s"]+))*)$/

/** Reads a line; undefined where it is none of an access log in the common or combined format. */
export function parseCommonLine(text: string): CommonLine | undefined {
  const fields = LINE.exec(text)
  if (!fields) return undefined
  const [, address = '', user = '', time = '', request = '', status, size, referer = '', userAgent] = fields
  const at = parseLogTime(time)
  if (at === undefined) return undefined
  const line = known<LogLine>({
    at,
    address,
    user: unescapeField(user),
    ...parseRequest(unescapeField(request)),
    status: statusOf(status),
    responseSizeBytes: size === '-' ? 0 : Number(size),
    referer: unescapeField(referer),
    userAgent: unescapeField(userAgent ?? ''),
  })
  return {line, isCombined: userAgent !== undefined}
}

/** Undoes how Apache, nginx and load balancers escape what a client sent: `\"`, `\\`, `\xhh` of a byte of UTF-8. */
export function unescapeField(text: string): string {
  if (!text.includes('\\')) return text
  const plain = text.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString(),
  )
  return plain.replace(/\\(["\\])/g, '$1')
}
