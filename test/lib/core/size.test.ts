import {bytesText, parseSize} from '../../../src/lib/core/size'

describe('sizes', () => {
  it.each([
    ['1', 1],
    ['500MB', 500_000_000],
    ['1.5 gb', 1_500_000_000],
    ['2TB', 2_000_000_000_000],
    ['10kB', 10_000],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each(['', '0', 'GB', '-1GB', '1.GB', '5 PiB', '1e9', '0.1B'])('"%s" is none', (text) => {
    expect(() => parseSize(text)).toThrow(expect.objectContaining({kind: 'usage', code: 'BAD_SIZE'}) as Error)
  })

  it('are said with three digits', () => {
    expect([0, 999, 1000, 1_250_000, 5e12].map(bytesText)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '1.25 MB',
      '5 TB',
    ])
  })
})
