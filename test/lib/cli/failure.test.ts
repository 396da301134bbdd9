import {Errors} from '@oclif/core'
import {failureText, toFailure} from '../../../src/lib/cli/failure'
import {OpError} from '../../../src/lib/core/errors'

const failureOf = (error: unknown, flags: string[] = []) => toFailure(error, 'usage-tracker x --help', flags)

describe('toFailure', () => {
  it.each([
    ['bug', 1],
    ['usage', 2],
    ['absent', 3],
    ['denied', 4],
    ['service', 5],
    ['partial', 6],
    ['timeout', 7],
    ['differs', 9],
    ['interrupted', 130],
  ] as const)('gives an error of kind %s the exit code %i', async (kind, exitCode) => {
    await expect(failureOf(new OpError(kind, 'CODE', 'words'))).resolves.toEqual({
      exitCode,
      body: {code: 'CODE', message: 'words'},
    })
  })

  it('keeps hint and request id', async () => {
    const {body} = await failureOf(
      new OpError('service', 'CODE', 'words', {hint: 'do this', requestId: 'r-1'}),
    )
    expect(body).toEqual({code: 'CODE', message: 'words', hint: 'do this', requestId: 'r-1'})
  })

  it("says that an unexpected error is the tool's", async () => {
    await expect(failureOf(new TypeError('x is undefined'))).resolves.toEqual({
      exitCode: 1,
      body: {
        code: 'BUG',
        message: 'This is a mistake in usage-tracker, not yours: x is undefined',
        hint: 'Run it again with DEBUG=usage-tracker to see where it happened, and report that.',
      },
    })
  })

  it('shortens what the parser says, and names the flag that was probably meant', async () => {
    const error = new Errors.CLIError('Nonexistent flag: --regoin\nSee more help with --help')
    await expect(failureOf(error, ['region', 'profile'])).resolves.toEqual({
      exitCode: 2,
      body: {
        code: 'BAD_USAGE',
        message: 'There is no flag --regoin.',
        hint: '--region, or usage-tracker x --help',
      },
    })
  })

  it("keeps the code of a flag's own check and names the flag", async () => {
    const error = new OpError('usage', 'BAD_TIME', '"x" is not a time.')
    error.message = `Parsing --from \n\t${error.message}\nSee more help with --help`
    await expect(failureOf(error)).resolves.toEqual({
      exitCode: 2,
      body: {code: 'BAD_TIME', message: '--from: "x" is not a time.'},
    })
  })

  it("maps an error of the SDK, with the service's request id", async () => {
    const error = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400, requestId: 'r-2'},
    })
    await expect(failureOf(error)).resolves.toMatchObject({
      exitCode: 4,
      body: {code: 'ACCESS_DENIED', requestId: 'r-2'},
    })
  })

  it('takes Ctrl-C at a question for an interruption', async () => {
    const error = Object.assign(new Error('User force closed the prompt'), {name: 'ExitPromptError'})
    await expect(failureOf(error)).resolves.toMatchObject({exitCode: 130, body: {code: 'INTERRUPTED'}})
  })
})

describe('failureText', () => {
  it('says what happened, the request and what to try', () => {
    const text = failureText({code: 'C', message: 'It failed.', hint: 'this', requestId: 'r-3'})
    expect(text).toBe('Error: It failed.\nRequest: r-3\nTry: this')
  })

  it('does not call it an error that somebody said no', () => {
    expect(failureText({code: 'NOT_CONFIRMED', message: 'You said no.'})).toBe('You said no.')
  })
})
