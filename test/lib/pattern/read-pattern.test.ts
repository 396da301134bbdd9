import {readPattern} from '../../../src/lib/pattern/read-pattern'

const patternOfLength = (length: number) => `{"source":["${'x'.repeat(length - 15)}"]}`

describe('a pattern that is to become a rule', () => {
  it('is read', () => {
    expect([...(readPattern('{"source":["a"]}').branches[0]?.keys() ?? [])]).toEqual(['source'])
  })

  it('has 2,048 characters at most', () => {
    expect(readPattern(patternOfLength(2_048)).text).toHaveLength(2_048)
    expect(() => readPattern(patternOfLength(2_049))).toThrow(
      expect.objectContaining({kind: 'usage', code: 'PATTERN_TOO_LONG'}),
    )
  })

  it('is told to be wrong rather than long where it is both', () => {
    expect(() => readPattern(`{"source":"${'x'.repeat(3_000)}"}`)).toThrow(
      expect.objectContaining({kind: 'usage', code: 'BAD_PATTERN'}),
    )
  })
})
