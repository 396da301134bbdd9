import {widened} from '../../../src/lib/lake/compact/widen-range'

const now = Date.UTC(2026, 10, 20)
const range = {first: '2020-01-01', last: 'NOW+1YEAR'}

describe('the range of compacted days', () => {
  it('stays where every day lies in it', () => {
    expect(widened(range, ['2020-01-01', '2027-11-20'], now)).toBeUndefined()
    expect(widened(range, [], now)).toBeUndefined()
  })

  it('takes in days before and after it', () => {
    expect(widened(range, ['1999-12-31', '2026-01-01'], now)).toBe('1999-12-31,NOW+1YEAR')
    expect(widened(range, ['2028-01-01'], now)).toBe('2020-01-01,2028-01-01')
    expect(widened({first: '2020-01-01', last: '2028-01-01'}, ['2027-01-01'], now)).toBeUndefined()
  })

  it('passes over what is no day', () => {
    expect(widened(range, ['__HIVE_DEFAULT_PARTITION__'], now)).toBeUndefined()
  })
})
