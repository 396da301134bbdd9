import {AthenaClient, GetWorkGroupCommand} from '@aws-sdk/client-athena'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {isAbsent, toOpError} from '../../../src/lib/aws/map-sdk-error'
import {OpError} from '../../../src/lib/core/errors'

/** An error as the SDK throws it for a service's answer. */
function answer(name: string, message: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: {httpStatusCode, requestId: 'r-1'},
  })
}

function verdictOf(error: unknown): {kind: string; code: string; message: string} {
  const {kind, code, message} = toOpError(error, 'read rule api-usage')
  return {kind, code, message}
}

describe('toOpError', () => {
  it("keeps the service's words, its name for the error and the request's id", () => {
    const error = toOpError(
      answer('ResourceNotFoundException', 'Rule x does not exist on EventBus y.'),
      'read rule x',
    )

    expect(error).toMatchObject({kind: 'absent', code: 'NOT_FOUND', requestId: 'r-1'})
    expect(error.message).toBe(
      'Could not read rule x: Rule x does not exist on EventBus y. (ResourceNotFoundException)',
    )
  })

  it.each([
    ['CredentialsProviderError', 400, 'denied', 'CREDENTIALS'],
    ['ExpiredTokenException', 400, 'denied', 'CREDENTIALS'],
    ['UnrecognizedClientException', 400, 'denied', 'CREDENTIALS'],
    ['InvalidSignatureException', 403, 'denied', 'CREDENTIALS'],
    ['AccessDeniedException', 400, 'denied', 'ACCESS_DENIED'],
    ['AccessDenied', 403, 'denied', 'ACCESS_DENIED'],
    ['EntityNotFoundException', 400, 'absent', 'NOT_FOUND'],
    ['NoSuchEntityException', 404, 'absent', 'NOT_FOUND'],
    ['NoSuchBucket', 404, 'absent', 'NOT_FOUND'],
    ['QueueDoesNotExist', 400, 'absent', 'NOT_FOUND'],
    ['ThrottlingException', 400, 'service', 'THROTTLED'],
    ['SlowDown', 503, 'service', 'THROTTLED'],
    ['InvalidEventPatternException', 400, 'usage', 'INVALID_PATTERN'],
    ['ValidationException', 400, 'service', 'SERVICE_REFUSED'],
    ['LimitExceededException', 400, 'service', 'SERVICE_REFUSED'],
    ['InternalFailure', 500, 'service', 'SERVICE_FAILED'],
  ])('takes %s (%i) for %s %s', (name, status, kind, code) => {
    expect(verdictOf(answer(name, 'words', status))).toMatchObject({kind, code})
  })

  it('reads the status where a HEAD request is refused without words', () => {
    expect(verdictOf(answer('403', 'UnknownError', 403))).toEqual({
      kind: 'denied',
      code: 'ACCESS_DENIED',
      message: 'Could not read rule api-usage: 403 (HTTP 403)',
    })
  })

  it('names the address that nobody listens on', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4577'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '127.0.0.1',
      port: 4577,
      $metadata: {attempts: 3, totalRetryDelay: 50},
    })

    expect(verdictOf(error)).toEqual({
      kind: 'service',
      code: 'ENDPOINT_UNREACHABLE',
      message: 'Could not read rule api-usage: 127.0.0.1:4577 cannot be reached (ECONNREFUSED).',
    })
    expect(toOpError(error, 'x').hint).toContain('local start')
  })

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('names the variable for certificates where Node says %s', (code) => {
    const error = toOpError(Object.assign(new Error('words'), {code, $metadata: {attempts: 1}}), 'ask')

    expect(error).toMatchObject({kind: 'service', code: 'CERTIFICATE_NOT_TRUSTED'})
    expect(error.message).toBe(
      `Could not ask: the certificate of the endpoint is not accepted: words (${code}).`,
    )
    expect(error.hint).toContain('AWS_CA_BUNDLE')
  })

  it('says so where the address answers with something other than AWS does', async () => {
    const server = createServer((_request, response) => response.end('<html>hello</html>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const client = new AthenaClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
      maxAttempts: 1,
    })

    const error: unknown = await client
      .send(new GetWorkGroupCommand({WorkGroup: 'usage'}))
      .catch((e: unknown) => e)
    client.destroy()
    await new Promise((resolve) => server.close(resolve))

    expect(verdictOf(error)).toMatchObject({kind: 'service', code: 'BAD_ANSWER'})
  })

  it('finds the address in the failures of every address of a host name', () => {
    const one = Object.assign(new Error('connect ECONNREFUSED ::1:4577'), {
      code: 'ECONNREFUSED',
      address: '::1',
      port: 4577,
    })

    expect(verdictOf(new AggregateError([one]))).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      message: 'Could not read rule api-usage: [::1]:4577 cannot be reached (ECONNREFUSED).',
    })
  })

  it('takes an interrupted request for an interruption', () => {
    expect(verdictOf(Object.assign(new Error('aborted'), {name: 'AbortError'}))).toMatchObject({
      kind: 'interrupted',
    })
  })

  it('takes what no service said for a mistake of ours', () => {
    expect(verdictOf(new TypeError('x is not a function'))).toMatchObject({kind: 'bug', code: 'BUG'})
  })

  it('hands an error of our own through', () => {
    const error = new OpError('usage', 'BAD_NAME', 'bad')

    expect(toOpError(error, 'do it')).toBe(error)
  })
})

describe('isAbsent', () => {
  it('does not take a file that is missing for a missing resource', () => {
    expect(isAbsent(Object.assign(new Error('no file'), {name: 'NotFoundError', code: 'ENOENT'}))).toBe(false)
  })
})
