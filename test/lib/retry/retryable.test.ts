import {classifyRequestFailure, isRetryableEntryCode} from '../../../src/lib/retry/retryable'

function sdkError(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error('said the service'), {name, $metadata: {httpStatusCode}})
}

describe('isRetryableEntryCode', () => {
  it.each(['InternalFailure', 'ThrottlingException'])('tries %s again', (code) => {
    expect(isRetryableEntryCode(code)).toBe(true)
  })

  it.each([
    'MalformedDetail',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'AccessDeniedException',
    '',
  ])('does not try "%s" again', (code) => {
    expect(isRetryableEntryCode(code)).toBe(false)
  })
})

describe('classifyRequestFailure', () => {
  it.each([
    ['ThrottlingException', 400, 'throttled'],
    ['Whatever', 429, 'throttled'],
    ['InternalException', 500, 'retry'],
    ['Whatever', 503, 'retry'],
    ['ValidationException', 400, 'split'],
    ['Whatever', 413, 'split'],
    ['AccessDeniedException', 400, 'fatal'],
    ['ExpiredTokenException', 403, 'fatal'],
  ])('%s with status %i means %s', (name, status, expected) => {
    expect(classifyRequestFailure(sdkError(name, status))).toEqual({
      class: expected,
      code: name,
      message: 'said the service',
    })
  })

  it('tries a refused connection again, and names it by its code', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), {code: 'ECONNREFUSED'})

    expect(classifyRequestFailure(error)).toEqual({
      class: 'retry',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED',
    })
  })

  it('takes what it does not know for something that no other request survives', () => {
    expect(classifyRequestFailure('boom')).toEqual({class: 'fatal', code: 'UnknownError', message: 'boom'})
  })
})
