import fc from '../../_helpers/properties'
import {dayMs, parseMonth, parseRange, parseTime} from '../../../src/lib/core/time'
import {dateAt, fromWall, isTimeZone, startOfDate, toWall} from '../../../src/lib/core/zone'

const utc = (text: string) => Date.parse(text)

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true)
  })

  it.each(['', 'Mars/Olympus', '+01:00', 'Europe'])('may not be %j', (name) => {
    expect(isTimeZone(name)).toBe(false)
  })

  it.each([
    // Berlin is two hours ahead in summer, one in winter; Kathmandu five hours and three quarters.
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    ['2026-12-01', 'Europe/Berlin', '2026-11-30T23:00:00Z'],
    ['2026-12-01', 'Asia/Kathmandu', '2026-11-30T18:15:00Z'],
    // Beirut put its clocks on at midnight on 27 March 2022: the day began at one o'clock.
    ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00Z'],
    // In Havana the hour from midnight on was had twice on 1 November 2026: the day begins with the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
  ])('begins %s in %s at %s', (date, zone, moment) => {
    expect(new Date(startOfDate(date, zone)).toISOString()).toBe(new Date(moment).toISOString())
  })

  it('has every moment in exactly one day', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/Havana',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    )
    const moments = fc.integer({min: utc('1990-01-01'), max: utc('2040-01-01')})

    fc.assert(
      fc.property(zones, moments, (zone, ms) => {
        const date = dateAt(ms, zone)
        const next = new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10)
        expect(startOfDate(date, zone)).toBeLessThanOrEqual(ms)
        expect(startOfDate(next, zone)).toBeGreaterThan(ms)
        expect(toWall(fromWall(toWall(ms, zone), zone), zone)).toBe(toWall(ms, zone))
      }),
    )
  })
})

describe('times in a zone', () => {
  const now = utc('2026-11-30T23:30:00Z')

  it('mean its days and months, and moments with an offset as they are', () => {
    expect(parseTime('today', now, 'Europe/Berlin')).toBe(utc('2026-11-30T23:00:00Z'))
    expect(parseTime('2026-07-01', now, 'Europe/Berlin')).toBe(utc('2026-06-30T22:00:00Z'))
    expect(parseTime('2026-07-01T12:00', now, 'Europe/Berlin')).toBe(utc('2026-07-01T10:00:00Z'))
    expect(parseTime('2026-07-01T12:00Z', now, 'Europe/Berlin')).toBe(utc('2026-07-01T12:00:00Z'))
    expect(parseMonth('this', now, 'Europe/Berlin')).toEqual({
      from: utc('2026-11-30T23:00:00Z'),
      to: utc('2026-12-31T23:00:00Z'),
    })
    expect(parseMonth('2026-03', now, 'Europe/Berlin')).toEqual({
      from: utc('2026-02-28T23:00:00Z'),
      to: utc('2026-03-31T22:00:00Z'),
    })
    expect(parseRange({}, now, 'Europe/Berlin')).toEqual({from: utc('2026-11-30T23:00:00Z'), to: now})
  })
})
