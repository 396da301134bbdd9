import {checkUnwritten, problemOf} from '../../../src/lib/cli/init-check'

describe('problemOf', () => {
  it.each([
    ['bus', 'orders', undefined],
    ['bus', 'a b', '"bus" must be letters, digits and . _ / -, not "a b".'],
    ['database', 'Usage', '"database" must be lower-case letters, digits and _, not "Usage".'],
    ['region', 'mars', '"region" must be a region such as eu-west-1, not "mars".'],
  ] as const)('says of %s "%s": %s', (key, value, problem) => {
    expect(problemOf(key, value)).toBe(problem)
  })
})

describe('checkUnwritten', () => {
  it('takes what every command takes', () => {
    expect(() => checkUnwritten('bus: orders')).not.toThrow()
  })

  it('names the value, and no line of a file that is not there', () => {
    expect(() => checkUnwritten('bus: 1')).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: '"bus" must be a text (in quotes where it is made of digits), not 1. Nothing was written.',
      }),
    )
  })
})
