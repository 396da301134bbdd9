import fc from '../../../../_helpers/properties'
import {ServiceError} from '../../../../../src/lib/local/service-error'
import {readFilterPattern} from '../../../../../src/lib/local/services/logs/filter-pattern'

const messageOf = (pattern: string): string => {
  try {
    readFilterPattern(pattern)
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'read'
}

describe('a filter pattern', () => {
  it('of nothing takes every message', () => {
    expect([undefined, '', '  '].map((pattern) => readFilterPattern(pattern)('any'))).toEqual([
      true,
      true,
      true,
    ])
  })

  it('wants every term, in the same case', () => {
    const test = readFilterPattern('ERROR timeout')

    expect(['timeout after ERROR', 'ERROR', 'error timeout'].map(test)).toEqual([true, false, false])
  })

  it('takes a text in quotes as one term', () => {
    const test = readFilterPattern('"customer-1 \\"x\\"" ok')

    expect(['ok: customer-1 "x"', 'ok: x customer-1'].map(test)).toEqual([true, false])
  })

  it('in quotes finds any text that a message holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({minLength: 1}), fc.string(), (before, term, after) => {
        const quoted = `"${term.replace(/["\\]/gu, '\\$&')}"`
        expect(readFilterPattern(quoted)(before + term + after)).toBe(true)
      }),
    )
  })

  it.each([
    ['{ $.id = "1" }', 'A filter pattern for JSON ({ ... })'],
    ['[ip, user]', 'A filter pattern for space-delimited events ([ ... ])'],
    ['%[0-9]+%', 'A filter pattern with a regular expression (% ... %)'],
    ['?a ?b', 'A filter pattern with optional terms (?term)'],
    ['a -b', 'A filter pattern with excluded terms (-term)'],
  ])('refuses %s by name', (pattern, what) => {
    expect(messageOf(pattern)).toBe(
      `InvalidParameterException: ${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`,
    )
  })

  it.each(['a.b', '"open', 'a"b"', '"a"b'])('refuses %s, which no syntax has', (pattern) => {
    expect(messageOf(pattern)).toBe(`InvalidParameterException: Invalid filter pattern: ${pattern}`)
  })
})
