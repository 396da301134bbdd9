import {
  batchesOf,
  firstOpenHour,
  rememberedObjects,
  rememberedMs,
} from '../../../src/lib/lake/compact/batches'
import {firstHead} from '../../../src/lib/lake/ledger/head'
import {hourMs} from '../../../src/lib/core/time'
import fc from '../../_helpers/properties'

const start = Date.UTC(2026, 10, 10)

function keyAt(hour: number, name: string): string {
  const text = new Date(hour).toISOString()
  return `events/dt=${text.slice(0, 10)}/hour=${text.slice(11, 13)}/${name}.gz`
}

function object(hours: number, name = 'o') {
  const hour = start + hours * hourMs
  return {key: keyAt(hour, name), format: 'json' as const, hour, sizeBytes: 10}
}

describe('the batches of a lake', () => {
  it('are days of arrival, from the first object on', () => {
    const batches = batchesOf(firstHead, [object(5), object(6), object(40)], start + 48 * hourMs)

    expect(batches.map(({objects, before}) => [objects.length, (before - start) / hourMs])).toEqual([
      [2, 29],
      [1, 48],
    ])
  })

  it('take what came late with the first', () => {
    const head = {...firstHead, before: new Date(start + 24 * hourMs).toISOString(), objects: [object(5).key]}

    const batches = batchesOf(head, [object(5), object(6, 'late'), object(25)], start + 48 * hourMs)

    expect(batches.map(({objects}) => objects.map(({hour}) => (hour - start) / hourMs))).toEqual([[6, 25]])
  })

  it('are none where everything is compacted', () => {
    const head = {...firstHead, before: new Date(start + hourMs).toISOString(), objects: [object(0).key]}
    expect(batchesOf(head, [object(0)], start + hourMs)).toEqual([])
  })

  it('hold every open object once, in hours that only grow, and reach no further than they may', () => {
    const hours = fc.array(fc.integer({min: 0, max: 200}), {maxLength: 30})
    fc.assert(
      fc.property(hours, fc.integer({min: 0, max: 260}), fc.boolean(), (all, before, isNew) => {
        const objects = all.map((hour, i) => object(hour, `o${i}`)).sort((a, b) => a.hour - b.hour)
        const to = start + 201 * hourMs
        const head = isNew
          ? firstHead
          : {...firstHead, before: new Date(start + before * hourMs).toISOString()}

        const batches = batchesOf(head, objects, to)

        expect(batches.flatMap((batch) => batch.objects.map(({key}) => key)).sort()).toEqual(
          objects.map(({key}) => key).sort(),
        )
        const ends = batches.map((batch) => batch.before)
        expect(ends).toEqual([...ends].sort((a, b) => a - b))
        for (const {objects: taken, before: end} of batches) {
          expect(taken.every(({hour}) => hour < end)).toBe(true)
        }
        const limit = isNew ? to : Math.max(to, start + before * hourMs)
        expect(ends.every((end) => end <= limit)).toBe(true)
      }),
    )
  })
})

describe('what is remembered', () => {
  it('is what arrived in the two days before, so that what comes late is told from what is compacted', () => {
    const batch = {objects: [], before: start + 100 * hourMs}
    const [old, young] = [object(51), object(53)]

    expect(rememberedObjects({...firstHead, objects: [old.key]}, batch, [young.key])).toEqual([young.key])
    expect(firstOpenHour({...firstHead, before: new Date(batch.before).toISOString()})).toBe(
      batch.before - rememberedMs,
    )
  })
})
