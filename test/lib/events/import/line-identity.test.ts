import fc from '../../../_helpers/properties'
import {LineIdentity} from '../../../../src/lib/events/import/line-identity'

function identities(lines: string[]): string[] {
  const identity = new LineIdentity()
  return lines.map((line) => identity.next(line))
}

describe('LineIdentity', () => {
  it('is made of the content of the line', () => {
    expect(identities(['a', 'b'])).toEqual([
      'ca978112ca1bbdcafac231b39a23dc4d',
      '3e23e8160039594a33894f6564e1b134',
    ])
  })

  it('tells equal lines apart by how many came before', () => {
    const [first, , second, third] = identities(['a', 'b', 'a', 'a'])

    expect([second, third]).toEqual([`${first}-1`, `${first}-2`])
  })

  it('is the same when the log is read again, and unique, also when the log is long', () => {
    const lines = Array.from({length: 30_000}, (_, i) => `line ${i % 20_000}`)
    const first = identities(lines)

    expect(identities(lines)).toEqual(first)
    expect(new Set(first).size).toBe(30_000)
    expect(first.filter((id) => id.endsWith('-1'))).toHaveLength(10_000)
  })

  it('never gives one identity to two lines of a log', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (lines) => {
        expect(new Set(identities(lines)).size).toBe(lines.length)
      }),
    )
  })
})
