import fc from '../../_helpers/properties'
import {rawMember} from '../../../src/lib/events/raw-member'

describe('rawMember', () => {
  it('answers the text of a member as it is written', () => {
    expect(rawMember('{"a":"x","detail":{"n":1.00},"b":[1]}', 'detail')).toBe('{"n":1.00}')
  })

  it('finds a key that is written with escapes', () => {
    expect(rawMember('{"\\u0064etail": 7 }', 'detail')).toBe('7')
  })

  it('takes the last of two equal keys', () => {
    expect(rawMember('{"a":1,"a":2}', 'a')).toBe('2')
  })

  it('looks only at the outermost object', () => {
    expect(rawMember('{"b":{"a":1}}', 'a')).toBeUndefined()
  })

  it('takes line breaks out', () => {
    expect(rawMember('{\n  "a": {\n    "b": "x y",\n    "c": 2\n  }\n}', 'a')).toBe('{"b": "x y","c": 2}')
  })

  it('agrees with JSON.parse for any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), {minKeys: 1}), fc.nat(3), (object, indent) => {
        const text = JSON.stringify(object, null, indent)
        const parsed = JSON.parse(text) as Record<string, unknown>
        for (const [key, value] of Object.entries(parsed)) {
          expect(JSON.parse(rawMember(text, key) ?? 'null')).toEqual(value)
        }
      }),
    )
  })
})
