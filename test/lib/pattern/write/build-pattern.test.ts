import {stringifyExact} from '../../../../src/lib/core/json'
import {parseWhere} from '../../../../src/lib/core/where'
import type {FieldType} from '../../../../src/lib/core/where-field'
import {buildPattern} from '../../../../src/lib/pattern/write/build-pattern'
import {errorOf} from '../../../_helpers/error-of'

const types: Record<string, FieldType> = {
  'detail.customer': 'object',
  'detail.customer.id': 'string',
  'detail.durationMs': 'number',
  'detail.response.status': 'integer',
  'detail.test': 'boolean',
}
const fieldType = (path: string) => types[path]

function build(...conditions: string[]) {
  return buildPattern({where: conditions.map(parseWhere)}, {fieldType})
}

/** The alternatives of the field `detail.x`, of which no type is known, as JSON. */
function ofX(...conditions: string[]): string {
  const {pattern} = build(...conditions.map((condition) => `detail.x ${condition}`))
  return /^\{"detail":\{"x":(.*)\}\}$/.exec(stringifyExact(pattern))?.[1] ?? ''
}

describe('buildPattern', () => {
  it('writes the envelope in its order, then the detail, nested by path', () => {
    const where = ['detail.b.c=1', 'region=eu-west-1', 'detail.a=2', 'time^=2026-11', 'detail.b.d=3']
    const {pattern} = buildPattern({
      resources: ['arn:aws:s3:::x'],
      accounts: ['111122223333'],
      detailTypes: ['api-usage-event'],
      sources: ['a', 'b'],
      where: where.map(parseWhere),
    })

    expect(JSON.stringify(pattern)).toBe(
      '{"source":["a","b"],"detail-type":["api-usage-event"],"account":["111122223333"],"region":["eu-west-1"],' +
        '"resources":["arn:aws:s3:::x"],"time":[{"prefix":"2026-11"}],"detail":{"b":{"c":[1],"d":[3]},"a":[2]}}',
    )
  })

  it('writes nothing that was not asked for', () => {
    expect(build('detail.response.status>=500').pattern).toEqual({
      detail: {response: {status: [{numeric: ['>=', 500]}]}},
    })
  })

  it.each([
    ['= pro', '["pro"]'],
    ['= pro,free,pro', '["pro","free"]'],
    ['= 5,"5",true,null', '[5,"5",true,null]'],
    ['!= pro', '[{"anything-but":["pro"]}]'],
    ['!= 4,5', '[{"anything-but":[4,5]}]'],
    ['< 5', '[{"numeric":["<",5]}]'],
    ['<= -0.5', '[{"numeric":["<=",-0.5]}]'],
    ['> 5', '[{"numeric":[">",5]}]'],
    ['>= 5', '[{"numeric":[">=",5]}]'],
    ['^= /v1/,/v2/', '[{"prefix":"/v1/"},{"prefix":"/v2/"}]'],
    ['$= .png', '[{"suffix":".png"}]'],
    ['^= 5', '[{"prefix":"5"}]'],
    ['~= PRO', '[{"equals-ignore-case":"PRO"}]'],
    ['like a*b', '[{"wildcard":"a*b"}]'],
    ['in 10.0.0.0/8', '[{"cidr":"10.0.0.0/8"}]'],
    ['in 10.0.0.1, 10.0.0.2/32, ::1/128', '["10.0.0.1","10.0.0.2","::1"]'],
    ['exists', '[{"exists":true}]'],
    ['missing', '[{"exists":false}]'],
  ])('says %s', (condition, alternatives) => {
    expect(ofX(condition)).toBe(alternatives)
  })

  it.each([
    ['an integer beyond 2^53', '= 9007199254740993', '[9007199254740993]'],
    ['a decimal with more digits than a double holds', '= 0.1234567890123456789', '[0.1234567890123456789]'],
    ['trailing zeros', '>= 1.50', '[{"numeric":[">=",1.50]}]'],
    ['an exponent', '= 1e3', '[1e3]'],
  ])('keeps %s', (_, condition, alternatives) => {
    expect(ofX(condition)).toBe(alternatives)
  })

  it('says a quote at the inner end of a prefix or suffix with a wildcard, because EventBridge would read more into it', () => {
    expect(ofX('^= "a\\""')).toBe('[{"wildcard":"a\\"*"}]')
    expect(ofX('$= "\\"a*"')).toBe('[{"wildcard":"*\\"a\\\\*"}]')
  })

  it('makes members of names that objects have from their prototype', () => {
    expect(stringifyExact(build('detail.__proto__.x=1', 'detail.constructor=2').pattern)).toBe(
      '{"detail":{"__proto__":{"x":[1]},"constructor":[2]}}',
    )
  })

  it('throws PATTERN_EMPTY when nothing is asked for', () => {
    const error = errorOf(() => buildPattern({sources: [], where: []}))

    expect(error).toMatchObject({kind: 'usage', code: 'PATTERN_EMPTY'})
    expect(error.hint).toContain('--source')
  })

  it('counts the compact form against the limit of 2,048 characters', () => {
    const sources = (last: string) => [...Array.from({length: 203}, (_, i) => `s${i + 100}-xx`), last]

    expect(JSON.stringify(buildPattern({sources: sources('123')}).pattern)).toHaveLength(2048)
    expect(errorOf(() => buildPattern({sources: sources('1234')}))).toMatchObject({
      code: 'PATTERN_TOO_LONG',
      message: expect.stringContaining('2049 characters'),
    })
  })
})

describe('several conditions on one field', () => {
  it.each([
    ['lists of values to what both have', ['= a,b,c', '= c,a,d'], '["a","c"]'],
    ['numbers that are written in two ways', ['= 300,5', '= 3e2'], '[300]'],
    ['bounds to one range', ['>= 400', '< 500'], '[{"numeric":[">=",400,"<",500]}]'],
    ['an upper bound and then a lower one', ['< 500', '> 400'], '[{"numeric":[">",400,"<",500]}]'],
    ['bounds on one side to the tighter one', ['> 5', '>= 5', '> 3'], '[{"numeric":[">",5]}]'],
    ['bounds that leave one number', ['>= 5', '<= 5.0'], '[{"numeric":["=",5]}]'],
    ['exclusions to one list', ['!= a,b', '!= b,c'], '[{"anything-but":["a","b","c"]}]'],
    [
      'a range without some of its numbers',
      ['>= 400', '!= 404,429', '<= 429'],
      '[{"numeric":[">=",400,"<",404]},{"numeric":[">",404,"<",429]}]',
    ],
    ['a range and numbers outside of it', ['>= 500', '!= 404'], '[{"numeric":[">=",500]}]'],
    ['a range and an excluded text', ['>= 500', '!= none'], '[{"numeric":[">=",500]}]'],
    ['values and bounds', ['= 404,500,503', '>= 500'], '[500,503]'],
    ['values and exclusions', ['= a,b,c', '!= b'], '["a","c"]'],
    ['values and a beginning', ['= api-a,b,api-c', '^= api-'], '["api-a","api-c"]'],
    ['values and a wildcard', ['like *.png', '= a.png,b.gif'], '["a.png"]'],
    ['values and an address range', ['= 10.0.0.1,11.0.0.1', 'in 10.0.0.0/8'], '["10.0.0.1"]'],
    [
      'beginnings to the longer ones',
      ['^= /v1/,/v2/users', '^= /v1/orders,/v2/'],
      '[{"prefix":"/v2/users"},{"prefix":"/v1/orders"}]',
    ],
    ['endings to the longer one', ['$= .png', '$= small.png'], '[{"suffix":"small.png"}]'],
    ['a beginning and an end', ['^= /v1/', '$= items'], '[{"wildcard":"/v1/*items"}]'],
    ['a beginning and an end that overlap', ['^= /v1/', '$= /'], '[{"wildcard":"/v1/*/"},"/v1/"]'],
    ['a beginning and an end with a star', ['^= a*', '$= \\b'], '[{"wildcard":"a\\\\**\\\\\\\\b"}]'],
    ['a beginning and a text that has another', ['^= a', '!= b'], '[{"prefix":"a"}]'],
    ['anything and its presence', ['exists', '^= a'], '[{"prefix":"a"}]'],
    ['what is said twice', ['like a*', 'like a*'], '[{"wildcard":"a*"}]'],
  ])('joins %s', (_, conditions, alternatives) => {
    expect(ofX(...conditions)).toBe(alternatives)
    expect(ofX(...conditions.toReversed()).length).toBe(alternatives.length)
  })

  it.each([
    [['= a', '= b']],
    [['= "5"', '= 5']],
    [['> 5', '< 5']],
    [['> 5', '<= 5']],
    [['>= 5', '<= 5', '!= 5']],
    [['> 5', '^= a']],
    [['^= a', '^= b']],
    [['exists', 'missing']],
    [['= a', 'missing']],
  ])('refuses %j, which nothing satisfies', (conditions) => {
    const error = errorOf(() => ofX(...conditions))

    expect(error).toMatchObject({kind: 'usage', code: 'BAD_WHERE'})
    expect(error.message).toMatch(/^No value of detail\.x satisfies detail\.x .* and detail\.x .*\.$/)
  })

  it.each([
    [['like a*', 'like *b']],
    [['^= a', 'like *b']],
    [['^= a', '!= ab']],
    [['^= a,b,c,d', '$= ax,bx,cx,dx']],
    [['!= a', '!= 5']],
    [['in 10.0.0.0/8', 'in 10.1.0.0/16']],
  ])('refuses %j, which one list of alternatives cannot say, and names both', ([first, second]) => {
    const error = errorOf(() => ofX(first ?? '', second ?? ''))

    expect(error).toMatchObject({kind: 'usage', code: 'BAD_WHERE'})
    expect(error.message).toContain('detail.x can have only one list of alternatives')
    expect(error.message).toContain(`detail.x ${first}`)
    expect(error.message).toContain(`detail.x ${second}`)
  })

  it('joins the lists of flags with conditions on the same field', () => {
    expect(buildPattern({sources: ['a', 'b'], where: [parseWhere('source!=a')]}).pattern).toEqual({
      source: ['b'],
    })
    expect(errorOf(() => buildPattern({sources: ['a'], where: [parseWhere('source=c')]})).message).toBe(
      'No value of source satisfies source=a and source=c.',
    )
  })

  it('refuses the value of a field and a field inside it, in either order', () => {
    const message =
      'detail.x=1 asks for a value of detail.x, and detail.x.y=2 for a field inside it; no event has both.'

    expect(errorOf(() => build('detail.x=1', 'detail.x.y=2')).message).toBe(message)
    expect(errorOf(() => build('detail.x.y=2', 'detail.x=1')).message).toBe(message)
  })
})

describe('the type of a field', () => {
  it('makes texts of numbers and truth values where the field is text, and says so', () => {
    expect(build('detail.customer.id=42,007,true,null')).toEqual({
      pattern: {detail: {customer: {id: ['42', '007', 'true', null]}}},
      remarks: [
        'detail.customer.id is text, so 42 is written as "42".',
        'detail.customer.id is text, so true is written as "true".',
      ],
    })
  })

  it('knows that the envelope is text', () => {
    expect(build('account=111122223333').pattern).toEqual({account: ['111122223333']})
  })

  it('excludes a truth value by asking for the other one', () => {
    expect(build('detail.test!=true').pattern).toEqual({detail: {test: [false]}})
  })

  it.each([
    ['detail.customer.id>=5', 'is text, and EventBridge compares only numbers'],
    ['time>=2026', 'is text, and EventBridge compares only numbers'],
    ['detail.test>=1', 'is true or false, and EventBridge compares only numbers'],
    ['detail.response.status^=5', 'is an integer, and ^= is for text only'],
    ['detail.test like t*', 'is true or false, and like is for text only'],
    ['detail.response.status="500"', 'detail.response.status is an integer, and "500" is not'],
    ['detail.response.status=5.5', 'detail.response.status is an integer, and 5.5 is not'],
    ['detail.durationMs=fast', 'detail.durationMs is a number, and "fast" is not'],
    ['detail.test=1', 'detail.test is true or false, and 1 is not'],
    ['detail.customer exists', 'is an object: EventBridge looks only at the values inside'],
    ['detail missing', 'is an object: EventBridge looks only at the values inside'],
    ['detail.test!=true,false', 'leaves no value that could match'],
  ])('refuses %s', (condition, reason) => {
    const error = errorOf(() => build(condition))

    expect(error).toMatchObject({kind: 'usage', code: 'BAD_WHERE', message: expect.stringContaining(reason)})
    expect(error.message.startsWith(condition)).toBe(true)
    expect(error.hint).toBeDefined()
  })

  it('takes decimals as bounds of an integer', () => {
    expect(build('detail.response.status>499.5').pattern).toEqual({
      detail: {response: {status: [{numeric: ['>', 499.5]}]}},
    })
  })
})

describe('what the language cannot say', () => {
  it.each([
    ['detail.x!=true', 'excludes only texts and numbers'],
    ['detail.x!=null', 'excludes only texts and numbers'],
    ['detail.x!=5,a', 'takes a list of one or the other'],
    ['detail.x>=9007199254740993', 'a double does not hold exactly'],
    ['detail.x!=9007199254740993', 'a double does not hold exactly'],
    ['detail.x like a**b', 'Consecutive wildcard characters at pos 2'],
    ['detail.x like *:*:*:*:*:event-bus/*', 'Rule is too complex'],
    ['detail.x in 10.0.0.0/33', 'IPv4 mask bits must be < 32'],
    ['detail.x in example.com', "Malformed CIDR, one '/' required"],
    ['detail.$or.x=1', 'names $or'],
  ])('refuses %s', (condition, reason) => {
    const error = errorOf(() => build(condition))

    expect(error).toMatchObject({kind: 'usage', code: 'BAD_WHERE', message: expect.stringContaining(reason)})
    expect(error.message).toContain(condition)
    expect(error.hint).toBeDefined()
  })
})

describe('remarks', () => {
  it('says that an exclusion needs the field to be there', () => {
    expect(build('detail.x!=1', 'detail.x!=2').remarks).toEqual([
      'detail.x!=1 and detail.x!=2 holds only for events that have the field detail.x.',
    ])
  })

  it('says what an exclusion means for the list of resources', () => {
    expect(build('resources!=a').remarks).toEqual([
      'resources!=a holds only for events that have the field resources. Of several resources it is enough that one differs.',
    ])
  })

  it('says nothing of it where something else asks for the field already', () => {
    expect(build('detail.x!=1', 'detail.x>=0').remarks).toEqual([])
  })
})
