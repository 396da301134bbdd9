import fc from '../../_helpers/properties'
import {Packer} from '../../../src/lib/publish/pack'

describe('Packer', () => {
  it('completes a batch by count', () => {
    const packer = new Packer<string>({maxEntryCount: 2, maxBatchBytes: 100})

    expect(packer.add('a', 1)).toBeUndefined()
    expect(packer.add('b', 1)).toEqual(['a', 'b'])
    expect(packer.flush()).toBeUndefined()
  })

  it('completes a batch before the item that would take it over the limit of bytes', () => {
    const packer = new Packer<string>({maxEntryCount: 10, maxBatchBytes: 10})

    expect(packer.add('a', 6)).toBeUndefined()
    expect(packer.add('b', 4)).toBeUndefined()
    expect(packer.add('c', 1)).toEqual(['a', 'b'])
    expect(packer.flush()).toEqual(['c'])
  })

  it('keeps order, loses nothing and respects both limits whatever the sizes are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 0, max: 50})),
        fc.integer({min: 1, max: 10}),
        (sizes, maxEntryCount) => {
          const packer = new Packer<number>({maxEntryCount, maxBatchBytes: 50})
          const batches = [...sizes.map((size) => packer.add(size, size)), packer.flush()].filter(
            (b) => b !== undefined,
          )

          expect(batches.flat()).toEqual(sizes)
          for (const batch of batches) {
            expect(batch.length).toBeLessThanOrEqual(maxEntryCount)
            expect(batch.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(50)
          }
        },
      ),
    )
  })
})
