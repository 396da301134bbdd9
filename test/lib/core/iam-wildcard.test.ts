import fc from '../../_helpers/properties'
import {matchesWildcard} from '../../../src/lib/core/iam-wildcard'

describe('a pattern of IAM', () => {
  it.each([
    ['a*', 'abc', true],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*b', 'abab', true],
    ['a*b*c', 'axbxbxc', true],
    ['a*b', 'abc', false],
    ['', 'a', false],
  ])('%s and %j: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected)
  })

  it('says what the same regular expression says', () => {
    const small = fc.string({unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6})
    const text = fc.string({unit: fc.constantFrom('a', 'b'), maxLength: 8})
    fc.assert(
      fc.property(small, text, (pattern, seen) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        return matchesWildcard(pattern, seen) === same.test(seen)
      }),
    )
  })
})
