import {OpError} from '../../../src/lib/core/errors'
import {
  formatTime,
  parseDuration,
  parseMonth,
  parseRange,
  parseTime,
  startOfMonth,
} from '../../../src/lib/core/time'

const now = Date.UTC(2026, 10, 22, 13, 45, 30, 250)
const day = 86_400_000

function codeOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error instanceof OpError ? `${error.kind} ${error.code}` : error
  }
  return 'nothing was thrown'
}

describe('parseTime', () => {
  it.each([
    ['now', '2026-11-22T13:45:30.250Z'],
    ['today', '2026-11-22T00:00:00.000Z'],
    ['yesterday', '2026-11-21T00:00:00.000Z'],
    ['-7d', '2026-11-15T13:45:30.250Z'],
    ['-12h', '2026-11-22T01:45:30.250Z'],
    ['-30m', '2026-11-22T13:15:30.250Z'],
    ['-2w', '2026-11-08T13:45:30.250Z'],
    ['-90s', '2026-11-22T13:44:00.250Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-11-01T12:30', '2026-11-01T12:30:00.000Z'],
    ['2026-11-01T12:30:15.1239Z', '2026-11-01T12:30:15.123Z'],
    ['2026-11-01T00:30:00+02:00', '2026-10-31T22:30:00.000Z'],
    ['2026-11-01 23:30:00-0130', '2026-11-02T01:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(formatTime(parseTime(text, now))).toBe(expected)
  })

  it.each([
    '',
    '7d',
    '2026-02-30',
    '2026-13-01',
    '2026-11-01T24:00:00Z',
    '2026-11-01T12:00:00+25:00',
    '1764000000',
    'tomorrow',
  ])('refuses "%s"', (text) => {
    expect(codeOf(() => parseTime(text, now))).toBe('usage BAD_TIME')
  })
})

describe('parseMonth', () => {
  it.each([
    ['this', '2026-11-01', '2026-12-01'],
    ['last', '2026-10-01', '2026-11-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
    ['2024-02', '2024-02-01', '2024-03-01'],
  ])('reads %s', (text, from, to) => {
    const range = parseMonth(text, now)

    expect(formatTime(range.from)).toBe(`${from}T00:00:00.000Z`)
    expect(formatTime(range.to)).toBe(`${to}T00:00:00.000Z`)
  })

  it.each(['2026-13', '2026-1', 'next', '2026-11-01'])('refuses "%s"', (text) => {
    expect(codeOf(() => parseMonth(text, now))).toBe('usage BAD_TIME')
  })

  it('takes last month from the last day of a long month', () => {
    expect(formatTime(startOfMonth(Date.UTC(2026, 2, 31), -1))).toBe('2026-02-01T00:00:00.000Z')
  })
})

describe('parseRange', () => {
  it('is this month so far when nothing is given', () => {
    expect(parseRange({}, now)).toEqual({from: Date.UTC(2026, 10, 1), to: now})
  })

  it('starts in the month in which it ends when only an end is given', () => {
    expect(parseRange({to: '2026-11-01'}, now)).toEqual({
      from: Date.UTC(2026, 9, 1),
      to: Date.UTC(2026, 10, 1),
    })
  })

  it('ends now when only a start is given', () => {
    expect(parseRange({from: '-7d'}, now)).toEqual({from: now - 7 * day, to: now})
  })

  it('refuses a month beside a start', () => {
    expect(codeOf(() => parseRange({from: '-7d', month: 'this'}, now))).toBe('usage BAD_TIME')
  })

  it('refuses a range that ends where it starts', () => {
    expect(codeOf(() => parseRange({from: 'today', to: 'today'}, now))).toBe('usage BAD_TIME')
  })
})

describe('parseDuration', () => {
  it.each([
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['2w', 1_209_600_000],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', '15', '-15m', '1.5h', '1h 30m', '5y'])('refuses "%s"', (text) => {
    expect(codeOf(() => parseDuration(text))).toBe('usage BAD_TIME')
  })
})
