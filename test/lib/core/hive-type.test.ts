import {
  hasTypeOf,
  hiveTypeText,
  readHiveType,
  withMembersOf,
  type HiveType,
} from '../../../src/lib/core/hive-type'
import fc from '../../_helpers/properties'

const scalar: fc.Arbitrary<HiveType> = fc
  .constantFrom('string', 'bigint', 'double', 'boolean')
  .map((name) => ({kind: 'scalar', name, arguments: ''}))
const {type} = fc.letrec<{type: HiveType}>((tie) => ({
  type: fc.oneof(
    {maxDepth: 3},
    scalar,
    tie('type').map((element): HiveType => ({kind: 'array', element})),
    fc.tuple(scalar, tie('type')).map(([key, value]): HiveType => ({kind: 'map', key, value})),
    fc
      .uniqueArray(fc.record({name: fc.constantFrom('a', 'b', 'c', 'd'), type: tie('type')}), {
        ...{selector: ({name}) => name, minLength: 1, maxLength: 3},
      })
      .map((fields): HiveType => ({kind: 'struct', fields})),
  ),
}))

describe('a type of Hive', () => {
  it('is read as it is written', () => {
    fc.assert(fc.property(type, (one) => expect(readHiveType(hiveTypeText(one))).toEqual(one)))
  })

  it.each(['', 'struct<>', 'struct<a>', 'array<string', 'strin', 'map<string>', 'string>', 'array<>'])(
    'is not read from %j',
    (text) => {
      expect(readHiveType(text)).toBeUndefined()
    },
  )

  it('with the members of another one has all of its own, and every member of the other one', () => {
    fc.assert(
      fc.property(type, type, (one, other) => {
        const both = withMembersOf(one, other)

        expect(hasTypeOf(both, one)).toBe(true)
        expect(withMembersOf(both, other)).toEqual(both)
        expect(withMembersOf(both, one)).toEqual(both)
        const names = (of: HiveType) => (of.kind === 'struct' ? of.fields.map(({name}) => name) : [])
        const all = one.kind === 'struct' ? [...names(one), ...names(other)] : []
        expect(new Set(names(both))).toEqual(new Set(all))
      }),
    )
  })

  it.each([
    ['struct<b:string,a:bigint>', 'struct<a:bigint>', true],
    ['struct<a:struct<c:int,b:string>>', 'struct<a:struct<b:string>>', true],
    ['struct<a:string>', 'struct<a:bigint>', false],
    ['struct<a:bigint>', 'struct<a:bigint,b:string>', false],
    ['array<struct<a:int,b:int>>', 'array<struct<a:int>>', false],
  ])('%s has what %s has: %s', (actual, wanted, has) => {
    const [there, asked] = [readHiveType(actual), readHiveType(wanted)]
    expect(there && asked && hasTypeOf(there, asked)).toBe(has)
  })
})
