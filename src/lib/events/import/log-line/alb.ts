import {unescapeField} from './combined'
import {known, statusOf, type LogLine} from './log-line'
import {parseIsoTime} from './log-time'
import {parseRequest} from './request-line'

/**
 * The fields of an Application Load Balancer's access log, in their order ("Access logs for your Application Load Balancer",
 * syntax). Later ones were added at the end, and readers are told to expect more.
 */
const names = [
  ...['type', 'time', 'elb', 'client:port', 'target:port', 'request_processing_time'],
  ...['target_processing_time', 'response_processing_time', 'elb_status_code', 'target_status_code'],
  ...[
    'received_bytes',
    'sent_bytes',
    'request',
    'user_agent',
    'ssl_cipher',
    'ssl_protocol',
    'target_group_arn',
  ],
  ...['trace_id', 'domain_name', 'chosen_cert_arn', 'matched_rule_priority', 'request_creation_time'],
  ...['actions_executed', 'redirect_url', 'error_reason', 'target:port_list', 'target_status_code_list'],
  ...['classification', 'classification_reason', 'conn_trace_id'],
]

const START = /^(?:https?|h2|grpcs|wss?) \d{4}-\d\d-\d\dT/
const FIELD = /"((?:[^"\\]|\\.)*)"(?= |$)|([^\s"]\S*)/g
/** Up to the user agent: less is a line that was cut. */
const fewest = names.indexOf('user_agent') + 1

/** Whether a line begins as those of an Application Load Balancer do. */
export function isAlbLine(text: string): boolean {
  return START.test(text)
}

/** Reads a line of an Application Load Balancer's access log; undefined where it is damaged. */
export function parseAlbLine(text: string): LogLine | undefined {
  const fields = fieldsOf(text)
  if (!fields || fields.length < fewest) return undefined
  const named = fields.slice(0, names.length).map((value, i): [string, string] => [names[i] ?? '', value])
  const record: Record<string, string | undefined> = Object.fromEntries(named)
  // `time` is when the answer was given. A connection that ended before a request was read has no other.
  const at = parseIsoTime(record['request_creation_time'] ?? '') ?? parseIsoTime(record['time'] ?? '')
  if (at === undefined) return undefined
  return known<LogLine>({
    at,
    address: record['client:port']?.replace(/:\d+$/, ''),
    ...parseRequest(record['request']?.trim() ?? ''),
    status: statusOf(record['elb_status_code']),
    requestSizeBytes: numberOf(record['received_bytes']),
    responseSizeBytes: numberOf(record['sent_bytes']),
    durationMs: durationOf(record),
    userAgent: record['user_agent'],
    record,
  })
}

/** The values of a line, without quotes; undefined where anything else than one space stands between two of them. */
function fieldsOf(text: string): string[] | undefined {
  const found = [...text.matchAll(FIELD)]
  const end = found.reduce((at, match) => (match.index === at ? at + match[0].length + 1 : -1), 0)
  if (end !== text.length + 1) return undefined
  return found.map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : unescapeField(quoted)))
}

/** The three times of a request, in seconds there; -1 says that it never came so far. */
function durationOf(record: Readonly<Record<string, string | undefined>>): number | undefined {
  const parts = ['request', 'target', 'response'].map((part) => Number(record[`${part}_processing_time`]))
  if (!parts.every((seconds) => seconds >= 0)) return undefined
  return Math.round(parts.reduce((sum, seconds) => sum + seconds, 0) * 1_000_000) / 1000
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
