import {distance, nearest} from '../../../src/lib/core/nearest'

describe('distance', () => {
  it.each([
    ['status', 'status', 0],
    ['statsu', 'status', 1],
    ['statu', 'status', 1],
    ['xtatus', 'status', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, steps) => {
    expect(distance(a, b)).toBe(steps)
  })
})

describe('nearest', () => {
  it('names the candidate with a slip of the pen', () => {
    expect(nearest('regoin', ['bus', 'region', 'rule'])).toBe('region')
  })

  it('names a candidate that begins with what was written', () => {
    expect(nearest('work', ['database', 'workgroup'])).toBe('workgroup')
  })

  it('names none where nothing is near', () => {
    expect(nearest('zzz', ['bus', 'region'])).toBeUndefined()
  })

  it('takes the first in the alphabet of two that are as near', () => {
    expect(nearest('bus1', ['busb', 'busa'])).toBe('busa')
  })
})
