import {missOf} from './miss-of'

describe('the nearest value', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['the text with the fewest letters to change', ['silver', 'gold', 'bold'], 'golf', 'gold'],
    ['the text in another case before all others', ['golf', 'gold'], 'GOLD', 'gold'],
    ['the text without white space', ['golds', 'gold'], ' gold ', 'gold'],
    ['the number that stands there as text', [5000, 500, '501'], '500', 500],
    ['the text that stands there as a number', ['501', '500', 400], 500, '500'],
    ['the word that stands there as text', [false, true], 'TRUE', true],
    ['the closest number', [200, 400, 500], 404, 400],
    ['the other word', [false], true, false],
    ['the text itself', [{exactly: 'x'}], 'y', 'x'],
    ['an alternative of any type for null', ['gold', 5], null, 5],
    ['the value of the element that is closest', ['abcdef'], ['xyz', 'abcdeg'], 'abcdef'],
    ['the lower bound', [{numeric: ['>=', 10]}], 3, 10],
    ['the next whole number above the lower bound', [{numeric: ['>', 10]}], 3, 11],
    ['the next whole number above a broken bound', [{numeric: ['>', 10.5]}], 3, 11],
    ['the upper bound', [{numeric: ['>=', 10, '<=', 20]}], 33, 20],
    ['the next whole number below the upper bound', [{numeric: ['<', 20]}], 33, 19],
    ['a number of few decimals where no whole one is inside', [{numeric: ['>', 10, '<', 10.5]}], 3, 10.1],
    ['a number of few decimals below the upper bound', [{numeric: ['>', 10, '<', 10.5]}], 12, 10.4],
    ['the number of an equation', [{numeric: ['=', 10]}], '9', 10],
    ['a number beyond a large bound', [{numeric: ['>', 1e300]}], 3, 1.0000000000000002e300],
    ['a number between small bounds', [{numeric: ['>', 1e-20, '<', 2e-20]}], 3, 1.9e-20],
    ['the number within the range that stands there as text', [{numeric: ['>', 10]}], ' 15 ', 15],
    ['a number at the lower end where there is no number', [{numeric: ['>', 10, '<', 20]}], 'x', 11],
    ['the closer of two ranges', [{numeric: ['<', 0]}, {numeric: ['>', 100]}], 99, 101],
    ['the text with another start', [{prefix: '/v1/'}], '/v2/calls', '/v1/calls'],
    ['the text with a start put in front', [{prefix: '/v1/'}], 'calls', '/v1/calls'],
    ['the text with the rest of the start', [{prefix: 'https://'}], 'http://a', 'https://a'],
    ['the text with its start in the right case', [{prefix: 'prod-'}], 'PROD-DB', 'prod-DB'],
    ['the text with a start in any case', [{prefix: {'equals-ignore-case': 'prod-'}}], 'PRO-DB', 'PROd-DB'],
    ['the text with another end', [{suffix: '.png'}], 'logo.gif', 'logo.png'],
    ['the text with an end put behind', [{suffix: '.png'}], 'logo', 'logo.png'],
    ['the text of the pattern', [{'equals-ignore-case': 'Gold'}], 'GOLF', 'Gold'],
    ['a text that fits the wildcard', [{wildcard: '/api/*/calls/*'}], '/api/v1/call/7', '/api/v1/calls/7'],
    ['a text that fits a wildcard with an escaped star', [{wildcard: 'a\\*b*'}], 'a-bc', 'a*bc'],
    ['the lowest address of the range', [{cidr: '10.0.0.0/24'}], '9.1.1.1', '10.0.0.0'],
    ['the highest address of the range', [{cidr: '10.0.0.0/24'}], '10.0.1.7', '10.0.0.255'],
    ['the address without white space', [{cidr: '10.0.0.0/24'}], ' 10.0.0.7', '10.0.0.7'],
    ['an address for other text', [{cidr: '10.0.0.0/24'}], 'host', '10.0.0.0'],
    ['an address in its short form', [{cidr: '2001:db8:0:1::/64'}], '2001:db8::1', '2001:db8:0:1::'],
    [
      'an address without a row of zeros',
      [{cidr: '2001:db8:1:2:3:4:5:0/112'}],
      '2001:db9::',
      '2001:db8:1:2:3:4:5:ffff',
    ],
    [
      'another alternative where a value is excluded',
      [{'anything-but': ['x', 'y']}, {exactly: 'x1'}],
      'x',
      'x1',
    ],
    ['a value in place of an object', ['c-1'], {id: 1}, 'c-1'],
    ['a value in place of an empty array', [{prefix: 'c-'}], [], 'c-'],
  ])('is %s', (_, alternatives, value, nearest) => {
    expect(missOf({a: alternatives}, {a: value}).nearest).toBe(nearest)
  })

  it.each<[string, unknown, unknown]>([
    ['anything but one value will do', [{'anything-but': 'x'}], {a: 'x'}],
    ['any value will do', [{exists: true}], {a: {b: 1}}],
    ['no double is within the range', [{numeric: ['>', 0, '<', 5e-324]}], {a: 1}],
    ['no value will do', [{exists: false}], {a: 1}],
  ])('is missing where %s', (_, alternatives, event) => {
    expect(missOf({a: alternatives}, event)).not.toHaveProperty('nearest')
  })

  it('is the first one of an absent field', () => {
    expect(missOf({a: [{numeric: ['>', 0]}, 'x']}, {b: 1}).nearest).toBe(1)
  })

  it('matches even where the text of the pattern does not match itself', () => {
    expect(missOf({a: [{'equals-ignore-case': 'ǅ😀'}]}, {a: 'x'}).nearest).toBe('ǆ??')
  })
})
