import {projectedDays} from '../../../../src/lib/doctor/lake/projected-days'

const now = Date.UTC(2026, 10, 22, 9, 0, 0)

describe('the range of a projection', () => {
  it.each([
    ['2026-01-01,2026-12-31', '2026-01-01', '2026-12-31'],
    ['2026-01-01,NOW', '2026-01-01', '2026-11-22'],
    ['NOW-3YEARS,NOW+1DAY', '2023-11-22', '2026-11-23'],
    ['NOW-1MONTH, NOW + 2WEEKS', '2026-10-22', '2026-12-06'],
    ['now-10hours,now+20minutes', '2026-11-21', '2026-11-22'],
  ])('%s', (range, first, last) => {
    expect(projectedDays(range, now)).toEqual({first, last})
  })

  it.each([undefined, '', '2026-01-01', 'NOW-3EONS,NOW', '2026/01/01,NOW', 'NOW,NOW,NOW'])(
    '%j is none',
    (range) => {
      expect(projectedDays(range, now)).toBeUndefined()
    },
  )
})
