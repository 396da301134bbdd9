import {discard, testEndpoint} from '../../_helpers/endpoint'
import {envelope, now, TestLake} from './_helpers/test-lake'

it('compacts an object with a line of 50 MB', async () => {
  const endpoint = await testEndpoint(undefined, () => now)
  const lake = new TestLake(endpoint)
  await lake.make()
  await lake.init()
  const event = (id: string, more: object = {}) =>
    envelope(id, '2026-11-10T05:10:00Z', {eventId: id, ...more})
  await lake.put('2026-11-10T05', [event('a'), event('long', {blob: 'x'.repeat(50 * 2 ** 20)}), event('b')])

  const counts = await lake.compact()
  const seen = await lake.seen()
  lake.close()
  await discard(endpoint)

  expect(counts.rowCount).toBe(3)
  expect(seen.map((row) => row['event_id'])).toEqual(['a', 'b', 'long'])
}, 300_000)
