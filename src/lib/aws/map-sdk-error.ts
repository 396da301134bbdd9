import type {ErrorDetails, ErrorKind} from '../core/errors'
import {messageOf, OpError, systemCodeOf} from '../core/errors'
import {networkCodes} from '../core/network-codes'
import {isNotOffered, isWebPage} from './not-offered'

interface Verdict {
  kind: ErrorKind
  code: string
  hint?: string
}

const credentialNames = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
])
const deniedPattern = /^(AccessDenied|Forbidden|NotAuthorized|UnauthorizedOperation|AuthorizationError)/
const absentPattern =
  /^(ResourceNotFound|NotFound|NoSuch|EntityNotFound|QueueDoesNotExist$)|NonExistentQueue$/
const throttlingPattern =
  /Throttl|^(TooManyRequests|SlowDown|RequestLimitExceeded|ProvisionedThroughputExceeded|BandwidthLimitExceeded)/

/** How Node names a certificate that it does not accept. */
const certificateCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

const verdicts = {
  credentials: {
    kind: 'denied',
    code: 'CREDENTIALS',
    hint: 'Name a profile with --profile, run "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without an account: --local.',
  },
  denied: {
    kind: 'denied',
    code: 'ACCESS_DENIED',
    hint: 'Ask for the permission that the message names, or use another --profile.',
  },
  absent: {kind: 'absent', code: 'NOT_FOUND'},
  unreachable: {
    kind: 'service',
    code: 'ENDPOINT_UNREACHABLE',
    hint: 'Check --endpoint-url, HTTPS_PROXY and the network. A local endpoint is started with "usage-tracker local start".',
  },
  untrusted: {
    kind: 'service',
    code: 'CERTIFICATE_NOT_TRUSTED',
    hint: 'Where a proxy signs certificates of its own, set AWS_CA_BUNDLE to the PEM file of its authority. Else check the address.',
  },
  throttled: {
    kind: 'service',
    code: 'THROTTLED',
    hint: 'The service asks for fewer requests. Run the command again in a while.',
  },
  pattern: {
    kind: 'usage',
    code: 'INVALID_PATTERN',
    hint: 'Correct the event pattern where the message says.',
  },
  refused: {kind: 'service', code: 'SERVICE_REFUSED'},
  failed: {
    kind: 'service',
    code: 'SERVICE_FAILED',
    hint: 'The service failed on its side. Run the command again.',
  },
  notAws: {
    kind: 'service',
    code: 'BAD_ANSWER',
    hint: 'The address answered, but not as an AWS service does: it may not have this operation. Check --endpoint-url.',
  },
  notOffered: {
    kind: 'service',
    code: 'NOT_OFFERED',
    hint: 'This endpoint does not have it. Work on AWS, or on another endpoint (--endpoint-url).',
  },
  interrupted: {kind: 'interrupted', code: 'INTERRUPTED'},
  bug: {kind: 'bug', code: 'BUG', hint: 'Set DEBUG=usage-tracker to see where it happened.'},
} satisfies Record<string, Verdict>

/** What an error of the SDK carries beside its name and message. */
interface SdkError {
  name: string
  error?: unknown
  $metadata?: {httpStatusCode?: number; requestId?: string}
  $response?: unknown
}

function isSdkError(error: unknown): error is Error & SdkError {
  return error instanceof Error && ('$metadata' in error || '$response' in error)
}

/** The name under which a service reports an error (`ResourceNotFoundException`), or undefined for anything else. */
export function sdkErrorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined
}

/**
 * True where the service says that the thing asked for is not there. HEAD requests have a status and no name. An endpoint
 * without the service answers with a status of 404 as well, which says nothing of the thing.
 */
export function isAbsent(error: unknown): boolean {
  if (!isSdkError(error)) return false
  if (absentPattern.test(error.name)) return true
  return error.$metadata?.httpStatusCode === 404 && !isNotOffered(error)
}

/** True where the service refuses because of who asks, so trying again changes nothing. */
export function isDenied(error: unknown): boolean {
  if (!isSdkError(error)) return false
  return deniedPattern.test(error.name) || error.$metadata?.httpStatusCode === 403
}

/**
 * Turns whatever an SDK client threw into an `OpError` that keeps the service's own words and its request id.
 * `doing` completes the sentence "Could not ...": `read rule api-usage`. An `OpError` comes back as it is.
 * Codes: `CREDENTIALS` and `ACCESS_DENIED` (denied), `NOT_FOUND` (absent), `INVALID_PATTERN` (usage),
 * `ENDPOINT_UNREACHABLE`, `CERTIFICATE_NOT_TRUSTED`, `THROTTLED`, `NOT_OFFERED`, `SERVICE_REFUSED`, `SERVICE_FAILED` and `BAD_ANSWER`
 * (service), `INTERRUPTED`, and `BUG` (bug) for what no service said.
 */
export function toOpError(error: unknown, doing: string): OpError {
  if (error instanceof OpError) return error
  const verdict: Verdict = judge(error)
  const requestId = isSdkError(error) ? error.$metadata?.requestId : undefined
  const details: ErrorDetails = {hint: verdict.hint, requestId, cause: error}
  return new OpError(verdict.kind, verdict.code, `Could not ${doing}: ${wordsOf(error, verdict)}`, details)
}

function judge(error: unknown): Verdict {
  const name = sdkErrorName(error) ?? ''
  if (name === 'AbortError') return verdicts.interrupted
  if (credentialNames.has(name)) return verdicts.credentials
  if (unreachableCodeOf(error) !== undefined || name === 'TimeoutError') return verdicts.unreachable
  if (certificateCodes.has(systemCodeOf(error) ?? '')) return verdicts.untrusted
  return isSdkError(error) ? judgeAnswer(error) : verdicts.bug
}

/** The verdict on an error that a service answered with. */
function judgeAnswer(error: Error & SdkError): Verdict {
  if (error.name === 'InvalidEventPatternException') return verdicts.pattern
  if (isWebPage(error) || error.name === 'SyntaxError') return judgePage(error)
  if (isNotOffered(error)) return verdicts.notOffered
  if (throttlingPattern.test(error.name)) return verdicts.throttled
  if (isDenied(error)) return verdicts.denied
  if (isAbsent(error)) return verdicts.absent
  return (error.$metadata?.httpStatusCode ?? 400) >= 500 ? verdicts.failed : verdicts.refused
}

/** Load balancers and proxies answer with a page of their own where the service behind them does not. */
function judgePage({$metadata: {httpStatusCode: status} = {}}: SdkError): Verdict {
  return status === 502 || status === 503 || status === 504 ? verdicts.failed : verdicts.notAws
}

/** Node tries every address of a host name and reports all failures as one AggregateError, whose code is the first one's. */
function unreachableCodeOf(error: unknown): string | undefined {
  const code = systemCodeOf(error)
  if (code !== undefined && networkCodes.has(code)) return code
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  return first === undefined ? undefined : unreachableCodeOf(first)
}

function wordsOf(error: unknown, verdict: Verdict): string {
  if (verdict.code === 'ENDPOINT_UNREACHABLE') {
    const address = addressOf(error)
    const reason = unreachableCodeOf(error) ?? messageOf(error)
    return address === undefined
      ? `the endpoint cannot be reached (${reason}).`
      : `${address} cannot be reached (${reason}).`
  }
  const message = messageOf(error)
  if (verdict.code === 'CERTIFICATE_NOT_TRUSTED') {
    return `the certificate of the endpoint is not accepted: ${message} (${systemCodeOf(error)}).`
  }
  return isSdkError(error) ? wordsOfAnswer(error) : message
}

/** What a service answered, with its name for the error; where it found no words, the status. */
function wordsOfAnswer(error: Error & SdkError): string {
  const status = error.$metadata?.httpStatusCode
  if (isWebPage(error)) return `it answered with a web page (HTTP ${status ?? 200}).`
  const {message, name} = error
  if (message !== '' && message !== 'UnknownError' && message !== name) return `${message} (${name})`
  // Endpoints that are not AWS put their words under a name that the SDK does not look at.
  if (typeof error.error === 'string') return `${error.error}.`
  return status === undefined ? name : `${name} (HTTP ${status})`
}

/** Host and port that a failed connection was meant for; Node puts them on the error. */
function addressOf(error: unknown): string | undefined {
  const source: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (typeof source !== 'object' || source === null) return undefined
  const {address, hostname, port} = source as {address?: string; hostname?: string; port?: number}
  const host = hostname ?? address
  if (host === undefined) return undefined
  return port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
}
