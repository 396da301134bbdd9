import fc from '../../_helpers/properties'
import {
  addDecimals,
  compareDecimals,
  formatMoney,
  groupDigits,
  minorUnits,
  multiplyDecimals,
  normalDecimal,
  packagesOf,
  percentOf,
  roundDecimal,
  shareOfDecimal,
} from '../../../src/lib/core/money'

describe('exact decimals', () => {
  it('adds tenths without an error', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3')
  })

  it('adds nothing to zero', () => {
    expect(addDecimals([])).toBe('0')
  })

  it('multiplies beyond 2^53 exactly', () => {
    expect(multiplyDecimals('9007199254740993', '0.0000000004')).toBe('3602879.7018963972')
  })

  it('adds integers as bigint does', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({min: -(10n ** 30n), max: 10n ** 30n})), (values) => {
        expect(addDecimals(values)).toBe(String(values.reduce((sum, value) => sum + value, 0n)))
      }),
    )
  })

  it.each([
    ['3.000000000', '3'],
    ['0.10', '0.1'],
    ['-0.00', '0'],
    ['100', '100'],
    ['0.000000001', '0.000000001'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('writes %s as %s', (given, expected) => {
    expect(normalDecimal(given)).toBe(expected)
  })

  it('compares by value, not by text', () => {
    expect(compareDecimals('10', '9')).toBe(1)
    expect(compareDecimals('1.0', '1')).toBe(0)
  })

  it.each(['', 'NaN', '1e3', '1,5', '+1', ' 1'])('refuses "%s"', (text) => {
    expect(() => normalDecimal(text)).toThrow(`"${text}" is not a decimal number.`)
  })
})

describe('roundDecimal', () => {
  it.each([
    ['2.5', 0, 'half-up', '3'],
    ['-2.5', 0, 'half-up', '-3'],
    ['2.5', 0, 'half-even', '2'],
    ['3.5', 0, 'half-even', '4'],
    ['0.125', 2, 'half-up', '0.13'],
    ['0.125', 2, 'half-even', '0.12'],
    ['1.005', 2, 'half-up', '1.01'],
    ['-0.001', 2, 'half-up', '0.00'],
    ['7', 2, 'half-up', '7.00'],
  ] as const)('rounds %s to %d places %s', (value, decimals, rounding, expected) => {
    expect(roundDecimal(value, decimals, rounding)).toBe(expected)
  })
})

describe('percentOf', () => {
  it('rounds half up', () => {
    expect(percentOf('1', '3', 2)).toBe('33.33')
    expect(percentOf('2', '3', 2)).toBe('66.67')
  })

  it('is nothing of zero', () => {
    expect(percentOf('0', '0', 2)).toBeUndefined()
  })
})

describe('currencies', () => {
  it('knows their minor units', () => {
    expect(['EUR', 'JPY', 'BHD'].map(minorUnits)).toEqual([2, 0, 3])
  })

  it('refuses a code that is none', () => {
    expect(() => minorUnits('XYZ')).toThrow('"XYZ" is not the code of a currency.')
  })

  it('puts commas between thousands', () => {
    expect(formatMoney('1234567.50', 'EUR')).toBe('1,234,567.50 EUR')
    expect(groupDigits('-1000.12345')).toBe('-1,000.12345')
    expect(groupDigits(9007199254740993n)).toBe('9,007,199,254,740,993')
  })
})

describe('shares and packages', () => {
  it.each([
    ['29', 10, 30, 2, 'half-up', '9.67'],
    ['0.05', 1, 2, 2, 'half-up', '0.03'],
    ['0.05', 1, 2, 2, 'half-even', '0.02'],
    ['-0.05', 1, 2, 2, 'half-up', '-0.03'],
    ['1000', 10, 30, 9, 'half-up', '333.333333333'],
    ['0.001', 1, 31, 2, 'half-up', '0.00'],
    ['-0.001', 1, 31, 2, 'half-up', '0.00'],
    ['9007199254740993', 1, 1, 0, 'half-up', '9007199254740993'],
  ] as const)(
    'of %s, %d of %d with %d decimals %s is %s',
    (value, part, whole, decimals, rounding, expected) => {
      expect(shareOfDecimal(value, {part, whole}, decimals, rounding)).toBe(expected)
    },
  )

  it('are exact at any size, and rounded once', () => {
    const whole = fc.integer({min: 1, max: 31})
    fc.assert(
      fc.property(
        fc.bigInt({min: 0n, max: 10n ** 30n}),
        fc.nat({max: 31}),
        whole,
        (thousandths, part, of) => {
          // Half up in whole numbers: twice the dividend and the divisor, over twice the divisor.
          const dividend = thousandths * BigInt(part)
          const divisor = BigInt(of) * 10n
          const hundredths = (2n * dividend + divisor) / (2n * divisor)
          const text = thousandths.toString().padStart(4, '0')
          const value = `${text.slice(0, -3)}.${text.slice(-3)}`
          const cents = shareOfDecimal(value, {part, whole: of}, 2, 'half-up').replace('.', '')
          expect(BigInt(cents)).toBe(hundredths)
        },
      ),
    )
  })

  it.each([
    ['200', '100', '2'],
    ['200.000000001', '100', '3'],
    ['0.1', '100', '1'],
    ['0', '100', '0'],
    ['-5', '100', '0'],
    ['1', '0.3', '4'],
  ])('of %s in packages of %s are %s', (value, size, packages) => {
    expect(packagesOf(value, size)).toBe(packages)
  })
})
