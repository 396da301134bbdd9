import {OpError} from '../core/errors'

/** What an error that the SDK made of an answer carries. `$fault` is missing where the answer could not be read, the name is `Unknown` where it has none. */
interface Answered {
  name: string
  error?: unknown
  $fault?: unknown
  $metadata?: {httpStatusCode?: number}
  $response?: {headers?: Readonly<Record<string, string>>}
}

/**
 * `UnknownOperationException` is AWS's word in the JSON protocols and that of the local endpoint, `InvalidAction` AWS's
 * in the Query protocol and ministack's everywhere, `NotImplemented` S3's.
 */
const names: ReadonlySet<string> = new Set([
  'InvalidAction',
  'NotImplemented',
  'NotImplementedError',
  'UnknownOperation',
  'UnknownOperationException',
])

/** Statuses that moto's pages have: 500 for a service or operation that it does not have, 404 and 405 for a path. */
const pageStatuses: ReadonlySet<number> = new Set([404, 405, 500, 501])

/**
 * True where an endpoint says that it does not have the service or the operation, so that nothing is known of the thing
 * asked for. Endpoints say it in many ways: by name, with HTTP 501 (LocalStack: "API for service 'schemas' not yet
 * implemented"), with `{"error": "Unsupported service: schemas"}` (ministack), or with the web page of their framework
 * (moto). An `OpError` is judged by its cause. Never throws.
 */
export function isNotOffered(error: unknown): boolean {
  if (error instanceof OpError) return isNotOffered(error.cause)
  if (!isAnswered(error)) return false
  const status = error.$metadata?.httpStatusCode ?? 0
  if (isWebPage(error)) return pageStatuses.has(status)
  return names.has(error.name) || status === 501 || /^Unsupported service\b/.test(wordsOf(error))
}

/**
 * True where the answer was a web page, which no AWS service sends. Some pages can be read as XML, and then hold no name of
 * an error; a HEAD request has no answer to be one.
 */
export function isWebPage(error: unknown): boolean {
  if (!isAnswered(error) || (error.$fault !== undefined && error.name !== 'Unknown')) return false
  const headers = error.$response?.headers
  return headers?.['content-type']?.startsWith('text/html') === true && headers['content-length'] !== '0'
}

function wordsOf({error: words}: Answered): string {
  return typeof words === 'string' ? words : ''
}

function isAnswered(error: unknown): error is Answered {
  return error instanceof Error && '$metadata' in error
}
