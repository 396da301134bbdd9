import {remedyFor} from '../../../../src/lib/pattern/syntax/remedies'

describe('what would be right where EventBridge refuses a pattern', () => {
  it.each([
    ['"a" must be an object or an array', 'Put the value into a list: {"source": ["my-applications"]}.'],
    ['Unrecognized match type regex', expect.stringContaining('There are no regular expressions')],
    ['Unrecognized match type Prefix', expect.stringContaining('The operators are prefix')],
    ['Unrecognized match type constructor', expect.stringContaining('The operators are prefix')],
    ['Unrecognized numeric range operator: !=', expect.stringContaining('anything-but')],
    ['Too many terms in numeric range expression', expect.stringContaining('lower bound')],
    ['Invalid member in numeric match: 5', expect.stringContaining('lower bound')],
    ['Bad value in numeric range: 2', expect.stringContaining('lower bound')],
    ['Value of < must be numeric', expect.stringContaining('lower bound')],
    ['wildcard match pattern must be a string', expect.stringContaining('double quotes')],
    ['exists match pattern must be either true or false.', expect.stringContaining('{"exists": true}')],
    ['Unsupported prefix pattern: wildcard', expect.stringContaining('equals-ignore-case')],
    ['Malformed CIDR, mask bits must be an integer', expect.stringContaining('leading bits')],
    ['Invalid IP address: 300.0.0.0', expect.stringContaining('leading bits')],
    [
      'Rule is too complex - $or multiplies out to more than 1000 combinations',
      expect.stringContaining('rules'),
    ],
    ["Unexpected character (']' (code 93)): expected a valid value", expect.stringContaining('strict JSON')],
    ['Invalid numeric value: Leading zeroes not allowed', expect.stringContaining('strict JSON')],
  ])('%s', (reason, remedy) => {
    expect(remedyFor(reason)).toEqual(remedy)
  })
})
