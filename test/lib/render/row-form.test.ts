import {stringifyExact} from '../../../src/lib/core/json'
import {jsonForm} from '../../../src/lib/render/row-form'
import fc from '../../_helpers/properties'

const keys = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.string(), fc.integer()), {maxKeys: 3})

describe('an object that is written row by row', () => {
  it('is the same as one that is written at once', () => {
    const some = fc.array(keys, {minLength: 1})
    fc.assert(
      fc.property(keys, keys, some, fc.nat(5), fc.constantFrom(0, 2), (before, end, rows, at, indent) => {
        const after = Object.fromEntries(Object.entries(end).map(([key, value]) => [`z${key}`, value]))
        const {head, text, tail} = jsonForm(before, after, indent)

        const pieces = [head, text(rows.slice(0, at), true), text(rows.slice(at), at === 0), tail]

        expect(pieces.join('')).toBe(`${stringifyExact({...before, rows, ...after}, indent)}\n`)
      }),
    )
  })

  it.each([0, 2])('has an empty list where there is no row, indented by %i', (indent) => {
    const {head, text, tail} = jsonForm({report: 'x'}, {source: {}}, indent)

    expect(JSON.parse(`${head}${text([], true)}${tail}`)).toEqual({report: 'x', rows: [], source: {}})
  })
})
