import {commonType, isColumnType, isHeld, typeOfValue} from '../../../../src/lib/lake/fields/value-type'
import fc from '../../../_helpers/properties'

const scalar = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.double({noNaN: true, noDefaultInfinity: true}),
  fc.integer(),
)
const value = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.constant(null))), fc.array(fc.array(scalar)))

describe('the type of values of Hive', () => {
  it('holds each of the values that it was made of', () => {
    fc.assert(
      fc.property(fc.array(value, {minLength: 1}), (values) => {
        const type = values.map(typeOfValue).reduce(commonType)
        const held = isColumnType(type)
          ? values.every((one) => isHeld(type, one))
          : // Only lists bring about what no column holds.
            values.some(Array.isArray)
        expect({values, type, held}).toEqual({values, type, held: true})
      }),
    )
  })

  it('is the same in whatever order they come', () => {
    const types = value.map(typeOfValue)
    fc.assert(
      fc.property(types, types, types, (a, b, c) => {
        expect(commonType(a, b)).toBe(commonType(b, a))
        expect(commonType(commonType(a, b), c)).toBe(commonType(a, commonType(b, c)))
        expect(commonType(a, a)).toBe(a)
      }),
    )
  })

  it.each([
    ['bigint', 9223372036854774784, true],
    ['bigint', 9223372036854775808, false],
    ['bigint', '-9223372036854775808', true],
    ['int', 2147483648, false],
    ['bigint', 1.5, false],
    ['bigint', 1e21, false],
    ['double', '', false],
    ['boolean', 'TRUE', true],
    ['string', {}, false],
    ['array<bigint>', [1, null, '2'], true],
    ['array<bigint>', 1, false],
    ['map<string,string>', {}, true],
    ['map<string,string>', [], false],
  ])('%s holds %j: %s', (type, one, held) => {
    expect(isHeld(type, one)).toBe(held)
  })
})
