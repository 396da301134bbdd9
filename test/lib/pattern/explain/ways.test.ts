import {missOf, waysOf} from './miss-of'

/** The paths of the misses of each way. */
function pathsOf(pattern: unknown, event: unknown): string[][] {
  return waysOf(pattern, event).map((way) => way.map(({path}) => path))
}

describe('the ways to match', () => {
  it('are one without $or, with every clause that failed', () => {
    expect(pathsOf({a: [1], b: [2], c: [3]}, {a: 0, b: 2})).toEqual([['a', 'c']])
  })

  it('are one for each branch of $or', () => {
    expect(pathsOf({$or: [{a: [1]}, {b: [2], c: [3]}]}, {c: 3})).toEqual([['a'], ['b']])
  })

  it('leave out a branch that asks for more than another one', () => {
    const pattern = {$or: [{a: [1], b: [2]}, {a: [1]}, {b: [2], c: [3], d: [4]}]}

    expect(pathsOf(pattern, {c: 3})).toEqual([['a'], ['b', 'd']])
  })

  it('keep two that ask different things of one field', () => {
    expect(pathsOf({$or: [{a: [1]}, {a: [2]}]}, {a: 3})).toEqual([['a'], ['a']])
  })

  it('are told once where branches ask the same', () => {
    expect(
      pathsOf(
        {
          $or: [
            {a: [1], b: [1]},
            {b: [2], a: [1]},
          ],
        },
        {b: [1, 2]},
      ),
    ).toEqual([['a']])
  })

  it('begin with the shortest', () => {
    expect(pathsOf({$or: [{a: [1], b: [2]}, {c: [3]}]}, {})).toEqual([['c'], ['a', 'b']])
  })
})

describe('clauses that hold, but in different elements of an array', () => {
  const items = [
    {sku: 'a', price: 2, size: 1},
    {sku: 'b', price: 1, size: 1},
  ]

  it('are told with the array', () => {
    const why =
      'The clauses of detail.items.sku and detail.items.price hold, but in different elements of detail.items.'

    expect(waysOf({detail: {items: {sku: ['a'], price: [1]}}}, {detail: {items}})).toEqual([
      [
        {path: 'detail.items.sku', wanted: ['a'], seen: ['a', 'b'], why, array: 'detail.items'},
        {path: 'detail.items.price', wanted: [1], seen: [2, 1], why, array: 'detail.items'},
      ],
    ])
  })

  it('are told without those that have nothing to do with it', () => {
    const pattern = {source: ['s'], items: {size: [1], sku: ['a'], price: [1]}}

    expect(pathsOf(pattern, {source: 's', items})).toEqual([['items.sku', 'items.price']])
  })

  it('are told together with those that fail', () => {
    const pattern = {source: ['s'], items: {sku: ['a'], price: [1]}}

    expect(pathsOf(pattern, {source: 't', items})).toEqual([['source', 'items.sku', 'items.price']])
  })

  it('are told with the innermost array', () => {
    const ways = waysOf({a: {b: {c: [1], d: [2]}}}, {a: [{b: [{c: 1}, {d: 2}]}]})

    expect(ways[0]?.map(({array}) => array)).toEqual(['a.b', 'a.b'])
  })

  it('are told where a field should be absent from the element of the others', () => {
    const event = {items: [{sku: 'a', void: true}, {sku: 'b'}]}

    expect(missOf({items: {sku: ['a'], void: [{exists: false}]}}, event)).toEqual({
      path: 'items.void',
      wanted: [{exists: false}],
      seen: [true],
      why: 'No element of items is without items.void while the other clauses hold in it.',
      array: 'items',
    })
  })

  it('are not told of a field that is absent from an element that may still be chosen', () => {
    const event = {items: [{sku: 'a', void: true}, {sku: 'b'}]}

    expect(pathsOf({items: {sku: ['c'], void: [{exists: false}]}}, event)).toEqual([['items.sku']])
  })
})
