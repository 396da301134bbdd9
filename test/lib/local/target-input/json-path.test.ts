import {parseJsonPath} from '../../../../src/lib/local/target-input/json-path'

describe('a path', () => {
  it('is read into its steps', () => {
    expect(parseJsonPath('$.detail.a-b_c/d[0][*].*')).toEqual([
      {name: 'detail'},
      {name: 'a-b_c/d'},
      {index: 0},
      'every',
      'every',
    ])
  })

  it.each([
    '',
    'detail',
    '.detail',
    '$detail',
    '$.',
    '$..a',
    '$.a b',
    "$['a']",
    '$["a"]',
    '$.a[',
    '$.a[-1]',
    '$.a[?(@.b)]',
    '$.a[0:1]',
  ])('is not read from %j', (text) => {
    expect(parseJsonPath(text)).toBeUndefined()
  })
})
