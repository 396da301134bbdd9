import fc from '../../_helpers/properties'
import {hangingText} from '../../../src/lib/core/hanging-text'

describe('hangingText', () => {
  it('is one line where there is room, and where there is no terminal', () => {
    expect(hangingText('ok  ', 'it is there', 40)).toEqual(['ok  it is there'])
    expect(hangingText('ok  ', 'word '.repeat(40).trim(), undefined)).toHaveLength(1)
  })

  it('goes on below the text, and breaks a word that is longer than a line', () => {
    const arn = `arn:${'x'.repeat(60)}`

    expect(hangingText('ok  ', `the rule sends every event to ${arn} and to nothing else`, 40)).toEqual([
      'ok  the rule sends every event to',
      `    ${arn.slice(0, 36)}`,
      `    ${arn.slice(36)} and to`,
      '    nothing else',
    ])
  })

  it('leaves to the terminal what is too narrow', () => {
    expect(hangingText('a long head here  ', 'some words that go on and on', 40)).toHaveLength(1)
  })

  it('loses no character and passes no edge', () => {
    const words = fc.array(fc.string({minLength: 1, maxLength: 90}).map((s) => s.replaceAll(' ', '_')))
    fc.assert(
      fc.property(words, fc.integer({min: 40, max: 120}), (some, width) => {
        const text = some.join(' ')
        const lines = hangingText('ok  ', text, width)
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(`ok${text.replaceAll(' ', '')}`)
      }),
    )
  })
})
