import {advanceDuration} from '../../../src/lib/cli/advance-duration'

describe('advanceDuration', () => {
  it('takes ten years', () => {
    expect(advanceDuration('3650d')).toBe(315_360_000_000)
  })

  it('refuses more, which no date could hold', () => {
    expect(() => advanceDuration('3651d')).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'BAD_TIME',
        message: '"3651d" is too far: a clock moves by 3650d at most.',
      }),
    )
  })
})
