import fc from '../../../_helpers/properties'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {RuleSet} from '../../../../src/lib/pattern/rule-set'

const parsed = (pattern: object) => parsePattern(JSON.stringify(pattern))
const or = (...branches: object[]) => parsed({$or: branches})
const fates = (pattern: ReturnType<typeof or>) => pattern.lost.map(({isSure}) => isSure)
const matches = (pattern: ReturnType<typeof or>, event: object) =>
  RuleSet.compile([{key: 0, pattern}]).match(JSON.stringify(event)).length === 1

describe('the branches of a pattern', () => {
  it('are all kept where they have nothing in common', () => {
    expect(or({a: [1]}, {a: [2]}, {b: [1]}).lost).toEqual([])
  })

  it('are lost for sure where the first alternative is known, and say to which earlier one', () => {
    const pattern = or({a: ['x'], b: [1]}, {a: ['x', 'y'], b: [1, 2]})

    expect(pattern.branches).toHaveLength(1)
    expect(
      pattern.lost.map(({branch, earlier, isSure}) => [
        branch.get('a')?.source,
        earlier.get('a')?.source,
        isSure,
      ]),
    ).toEqual([['["x","y"]', '["x"]', true]])
  })

  it('are in doubt, and kept, where an alternative that is new comes before one that is known', () => {
    const pattern = or({a: ['x']}, {a: ['y', 'x']})

    expect(fates(pattern)).toEqual([false])
    expect(matches(pattern, {a: 'y'})).toBe(true)
  })

  it('are in doubt behind one that is in doubt', () => {
    expect(fates(or({a: ['x']}, {a: ['y', 'x']}, {a: ['y', 'z']}))).toEqual([false, false])
  })

  it.each<[string, unknown, unknown]>([
    ['a wildcard', {wildcard: 'x*'}, {wildcard: 'x*'}],
    ['a wildcard in anything-but', {'anything-but': {wildcard: 'x*'}}, {'anything-but': {wildcard: 'x*'}}],
    ['a text beside one that ignores case', 'x', {'equals-ignore-case': 'y'}],
    ['a text beside a range', 'x', {numeric: ['>', 1]}],
    ['an address beside a range', '10.0.0.1', {numeric: ['>', 1]}],
  ])('are in doubt, and kept, where a field has %s', (_, known, beside) => {
    expect(fates(or({a: [known]}, {a: [known, beside]}))).toEqual([false])
  })

  it('are kept for sure beside a wildcard that they do not have in common', () => {
    expect(or({a: [{wildcard: 'x*'}]}, {a: [{wildcard: 'y*'}]}).lost).toEqual([])
  })

  it('are sorted in bounded time where EventBridge would make a state for every combination', () => {
    const branch = (from: number): object =>
      Object.fromEntries(Array.from({length: 40}, (_, at) => [`f${at}`, [from + 1, from, from - 1]]))
    const pattern = or(...Array.from({length: 200}, (_, at) => branch((at * 7) % 100)))

    expect(pattern.branches.length + pattern.lost.length).toBeGreaterThanOrEqual(200)
  })

  it('that are lost match nothing of their own, whatever they ask', () => {
    const tests = fc.array(fc.constantFrom<unknown>('x', 'y', 1, 2, null, {exists: false}, {prefix: 'x'}), {
      minLength: 1,
      maxLength: 3,
    })
    const branch = fc.record({a: tests, b: tests})
    const value = fc.constantFrom('x', 'xy', 'y', 1, 2, null)
    fc.assert(
      fc.property(fc.array(branch, {minLength: 2, maxLength: 5}), value, value, (branches, a, b) => {
        const pattern = or(...branches)
        const kept = pattern.branches.some((one) => matches({text: '', branches: [one], lost: []}, {a, b}))
        expect(matches(pattern, {a, b})).toBe(kept)
        expect(pattern.branches.length + fates(pattern).filter((isSure) => isSure).length).toBe(
          branches.length,
        )
      }),
    )
  })
})
