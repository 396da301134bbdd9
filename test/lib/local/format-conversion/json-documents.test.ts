import fc, {runs} from '../../../_helpers/properties'
import {documentsOf, numberText} from '../../../../src/lib/local/format-conversion/json-documents'

const documents = (text: string) => documentsOf(Buffer.from(text))

describe('the documents of a record', () => {
  it('are one, or several behind each other', () => {
    expect(documents('{"a":1}')).toEqual([{a: 1}])
    expect(documents(' {"a":"}{"} \n{"b":[{}]}{"c":null}\n')).toEqual([{a: '}{'}, {b: [{}]}, {c: null}])
  })

  it('keep the last value of a key that stands twice, whatever numbers there are', () => {
    expect(documents('{"a":1,"a":2}')).toEqual([{a: 2}])
    expect(documents('{"a":"x","a":"y","n":1.10}')[0]).toMatchObject({a: 'y'})
  })

  it.each(['{"a":1}x', '{"a":1},{"b":2}', '{', 'nothing', '{"a":01}', '\u0000'])('are none of %p', (text) => {
    expect(() => documents(text)).toThrow(/^Encountered malformed JSON\. /)
  })

  it('hold every number as it was written', () => {
    const digits = fc.string({unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25})
    const text = fc
      .tuple(fc.boolean(), digits, fc.option(digits), fc.option(fc.integer({min: -400, max: 400})))
      .map(([isNegative, whole, fraction, exponent]) =>
        [
          isNegative ? '-' : '',
          whole.replace(/^0+(?=.)/, ''),
          fraction === null ? '' : `.${fraction}`,
          exponent === null ? '' : `e${exponent}`,
        ].join(''),
      )
    fc.assert(
      fc.property(text, fc.constantFrom('', ' ', '\n'), (number, space) => {
        const [found] = documents(`{"a":[${space}${number}${space},${number}],"b":${number}${space}}`)
        const {a, b} = found as {a: unknown[]; b: unknown}
        expect([...a, b].map(numberText)).toEqual([number, number, number])
      }),
      {numRuns: runs(200, 2000)},
    )
  })
})
