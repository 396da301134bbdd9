import fc from '../../_helpers/properties'
import {OpError} from '../../../src/lib/core/errors'
import {parseWhere, whereOperators} from '../../../src/lib/core/where'
import {parseTextList} from '../../../src/lib/core/where-values'
import {errorOf} from '../../_helpers/error-of'

const text = (content: string) => ({kind: 'text', text: content})
const number = (content: string) => ({kind: 'number', text: content})
const literal = (content: string) => ({kind: 'literal', text: content})

function outcome(act: () => unknown): string {
  try {
    act()
    return 'read'
  } catch (error) {
    return error instanceof OpError ? error.code : String(error)
  }
}

describe('parseWhere', () => {
  it.each([
    ['a.b=c', 'a.b', '=', [text('c')]],
    ['a.b = c', 'a.b', '=', [text('c')]],
    ['  a.b=c  ', 'a.b', '=', [text('c')]],
    ['detail-type=api-usage-event', 'detail-type', '=', [text('api-usage-event')]],
    ['a!=c', 'a', '!=', [text('c')]],
    ['a<5', 'a', '<', [number('5')]],
    ['a<=5', 'a', '<=', [number('5')]],
    ['a > -5.50', 'a', '>', [number('-5.50')]],
    ['a>=1e3', 'a', '>=', [number('1e3')]],
    ['a^=/v1/', 'a', '^=', [text('/v1/')]],
    ['a$=.png', 'a', '$=', [text('.png')]],
    ['a.$b=1', 'a.$b', '=', [number('1')]],
    ['a~=PRO', 'a', '~=', [text('PRO')]],
    ['a like /v1/*/items', 'a', 'like', [text('/v1/*/items')]],
    ['a in 10.0.0.0/8, 192.168.0.0/16', 'a', 'in', [text('10.0.0.0/8'), text('192.168.0.0/16')]],
    ['a exists', 'a', 'exists', []],
    ['a missing ', 'a', 'missing', []],
  ])('reads %s', (written, path, operator, values) => {
    expect(parseWhere(written)).toEqual({path, operator, values, text: written.trim()})
  })

  it.each([
    ['a list', 'pro, free', [text('pro'), text('free')]],
    ['a text with spaces', 'my own plan', [text('my own plan')]],
    ['a text with an equals sign inside', 'a=b', [text('a=b')]],
    ['numbers and texts', '5,"5",five', [number('5'), text('5'), text('five')]],
    ['a number larger than a double holds', '9007199254740993', [number('9007199254740993')]],
    ['digits with leading zeros as text', '007', [text('007')]],
    ['a number that JSON does not know as text', '.5', [text('.5')]],
    ['words of JSON', 'true,false,null', [literal('true'), literal('false'), literal('null')]],
    ['words in another case as text', 'True', [text('True')]],
    ['a quoted word as text', '"true"', [text('true')]],
    ['the empty text', '""', [text('')]],
    ['commas in quotes', '"a,b" , c', [text('a,b'), text('c')]],
    ['escapes in quotes', '"say \\"x\\"\\u0041"', [text('say "x"A')]],
  ])('takes %s', (_, written, values) => {
    expect(parseWhere(`a=${written}`).values).toEqual(values)
  })

  it.each([
    ['', 'it must begin with the path of a field (column 1)'],
    ['=5', 'it must begin with the path of a field (column 1)'],
    ['detail.status', 'an operator is missing: = != < <= > >= ^= $= ~= like in exists missing (column 14)'],
    ['a is 5', 'is is not an operator, which are = != < <= > >= ^= $= ~= like in exists missing (column 3)'],
    [
      'a LIKE 5',
      'LIKE is not an operator, which are = != < <= > >= ^= $= ~= like in exists missing (column 3)',
    ],
    ['a!5', '!5 is not an operator, which are = != < <= > >= ^= $= ~= like in exists missing (column 2)'],
    ['a==5', '== is not an operator (column 2)'],
    ['a=>5', '=> is not an operator (column 2)'],
    ['a<>5', '<> is not an operator (column 2)'],
    ['a = =5', 'a text that begins with =, < or > must stand in quotes (column 5)'],
    ['a..b=5', 'the path has an empty step (column 2)'],
    ['.a=5', 'the path has an empty step (column 1)'],
    ['a.=5', 'the path has an empty step (column 2)'],
    ['a=', 'a value is missing; the empty text is "" (column 3)'],
    ['a like', 'a value is missing; the empty text is "" (column 7)'],
    ['a=b,,c', 'a value is missing; the empty text is "" (column 5)'],
    ['a=b,', 'a value is missing; the empty text is "" (column 5)'],
    ['a="b', 'the quote is not closed (column 3)'],
    ['a="b"c', 'behind a quoted text only a comma may come (column 6)'],
    ['a="\\x"', 'the quoted text is not a JSON string (column 3)'],
    ['a=b "c,d"', 'a text with a quote in it must stand in quotes itself: "a \\" b" (column 5)'],
    ['a>=x', '>= compares numbers only (column 4)'],
    ['a>="5"', '>= compares numbers only (column 4)'],
    ['a< 5,6', '< takes one number (column 4)'],
    ['a exists 5', 'exists takes no value (column 10)'],
  ])('refuses %p and says where', (written, problem) => {
    const error = errorOf(() => parseWhere(written))

    expect(error).toMatchObject({kind: 'usage', code: 'BAD_WHERE'})
    expect(error.message).toBe(`"${written}" is not a condition: ${problem}.`)
    expect(error.hint).toContain('detail.response.status>=500')
  })

  it('reads back every text that is written as a JSON string', () => {
    const operators = fc.constantFrom('=', '!=', '^=', '$=', '~=', 'like', 'in')
    fc.assert(
      fc.property(operators, fc.array(fc.string(), {minLength: 1}), (operator, texts) => {
        const written = `a.b ${operator} ${texts.map((content) => JSON.stringify(content)).join(', ')}`

        expect(parseWhere(written)).toMatchObject({operator, values: texts.map(text)})
      }),
    )
  })

  it('answers a condition or BAD_WHERE for anything at all', () => {
    const pieces = fc.constantFrom('a', '.', ' ', ',', '"', '\\', '$', '5', ...whereOperators)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((list) => list.join('')),
        ),
        (written) => {
          expect(outcome(() => parseWhere(written))).toMatch(/^(read|BAD_WHERE)$/)
        },
      ),
    )
  })
})

describe('parseTextList', () => {
  it('splits at commas outside of quotes and keeps numbers as they are written', () => {
    expect(parseTextList('a, "b, c",007,5.0', '--source')).toEqual(['a', 'b, c', '007', '5.0'])
  })

  it('names the flag whose list cannot be read', () => {
    expect(errorOf(() => parseTextList('a,,b', '--source'))).toMatchObject({
      kind: 'usage',
      code: 'BAD_LIST',
      message:
        '--source is not a list of texts: a value is missing; the empty text is "" (column 3 of a,,b).',
    })
  })
})
