import {parsePattern} from '../../../src/lib/pattern/parse-pattern'
import type {RemoteAnswer} from '../../../src/lib/rules/test-events'
import {differencesOf, EventTester} from '../../../src/lib/rules/test-events'
import {eventLines} from '../../../src/lib/rules/test-text'

const single = (pattern: object) => [{rule: undefined, pattern: parsePattern(JSON.stringify(pattern))}]
const rules = (patterns: Record<string, object>) =>
  Object.entries(patterns).map(([rule, pattern]) => ({rule, pattern: parsePattern(JSON.stringify(pattern))}))
const event = (value: object) => ({position: 'line 1', text: JSON.stringify(value)})

describe('an event that is held against one pattern', () => {
  it('matches and has no misses', async () => {
    const tester = new EventTester(single({source: ['a']}), undefined)

    expect(await tester.test(event({source: 'a'}))).toEqual({position: 'line 1', matched: true, misses: []})
  })

  it('misses with path, wanted and seen of every clause that failed', async () => {
    const tester = new EventTester(
      single({source: ['a'], detail: {n: [1, {prefix: 'x'}], m: [2]}}),
      undefined,
    )
    const {matched, misses} = await tester.test(event({source: 'b', detail: {n: 5, m: 2}}))

    expect(matched).toBe(false)
    expect(misses.map(({path, wanted, seen}) => ({path, wanted, seen}))).toEqual([
      {path: 'source', wanted: ['a'], seen: 'b'},
      {path: 'detail.n', wanted: [1, {prefix: 'x'}], seen: 5},
    ])
  })

  it('says that a branch is lost which would have matched', async () => {
    const tester = new EventTester(single({$or: [{detail: {n: [1]}}, {detail: {n: [1, 2]}}]}), undefined)
    const result = await tester.test(event({detail: {n: 2}}))

    expect(result).toMatchObject({matched: false, misses: [{path: 'detail.n', wanted: [1]}]})
    expect(eventLines(result).slice(0, 3)).toEqual([
      'line 1: does not match',
      `  ${result.lost ?? ''}`,
      '  Try: usage-tracker pattern lint',
    ])
  })

  it('has no key "seen" where the field is absent', async () => {
    const tester = new EventTester(single({detail: {n: [1]}}), undefined)
    const {misses} = await tester.test(event({detail: {}}))

    expect(misses).toHaveLength(1)
    expect(misses[0]).not.toHaveProperty('seen')
  })

  it('says of each clause to which way to a match it belongs, where $or leaves several', async () => {
    const tester = new EventTester(single({$or: [{a: [1]}, {b: [2], c: [3]}]}), undefined)
    const {misses} = await tester.test(event({a: 0, b: 0, c: 0}))

    expect(misses.map(({path, ways}) => ({path, ways}))).toEqual([
      {path: 'a', ways: [1]},
      {path: 'b', ways: [2]},
      {path: 'c', ways: [2]},
    ])
  })

  it('that cannot be matched is refused with its place', async () => {
    const tester = new EventTester(single({a: [1]}), undefined)

    await expect(tester.test({position: 'line 7', text: '[]'})).rejects.toMatchObject({
      code: 'BAD_EVENT',
      message: expect.stringContaining('line 7') as string,
    })
  })
})

describe('an event that is held against several rules', () => {
  const tester = new EventTester(
    rules({far: {a: [1], b: [2], c: [3]}, near: {a: [0], b: [2]}, never: {x: [1], y: [1]}}),
    undefined,
  )

  it('matches when one of them does, and says which', async () => {
    const result = await tester.test(event({a: 0, b: 2}))

    expect(result.matched).toBe(true)
    expect(result.misses).toEqual([])
    expect(result.rules?.map(({rule, matched}) => [rule, matched])).toEqual([
      ['far', false],
      ['near', true],
      ['never', false],
    ])
  })

  it('misses with the clauses of the nearest one', async () => {
    const result = await tester.test(event({a: 0, b: 5}))

    expect(result.misses.map(({path}) => path)).toEqual(['b'])
    expect(eventLines(result)[0]).toBe('line 1: matches none of 3 rules; the nearest is near')
  })
})

describe('a service that is asked too', () => {
  const asked = (answer: RemoteAnswer) => new EventTester(single({a: [1]}), async () => answer)

  it('makes no difference where it says the same', async () => {
    expect(differencesOf(await asked({matched: true}).test(event({a: 1})))).toEqual([])
  })

  it('makes one where it says something else', async () => {
    const result = await asked({matched: false}).test(event({a: 1}))

    expect(differencesOf(result)).toHaveLength(1)
    expect(eventLines(result)).toEqual([
      'line 1: matches',
      '  EventBridge differs: it says that the event does not match',
    ])
  })

  it('makes one where it refuses the question', async () => {
    const result = await asked({refused: 'Parameter Event is not valid.'}).test(event({a: 1}))

    expect(eventLines(result)[1]).toBe(
      '  EventBridge differs: it refuses the question: Parameter Event is not valid.',
    )
  })
})
