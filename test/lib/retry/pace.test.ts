import fc from '../../_helpers/properties'
import {Pace} from '../../../src/lib/retry/pace'

/** A pace on a clock of its own, which only waiting moves. */
function pacer(perSecond?: number) {
  const clock = {now: 0}
  const pace = new Pace({
    perSecond,
    now: () => clock.now,
    sleep: async (delayMs) => {
      clock.now += delayMs
    },
  })
  return {pace, clock}
}

describe('Pace', () => {
  it('holds nothing back where no rate is asked for', async () => {
    const {pace, clock} = pacer()
    for (let i = 0; i < 1000; i++) await pace.take(10)

    expect(clock.now).toBe(0)
  })

  it('lets as many through a second as asked for', async () => {
    const {pace, clock} = pacer(100)
    for (let i = 0; i < 51; i++) await pace.take(10)

    expect(clock.now).toBe(5000)
  })

  it('makes up for no more than a moment of what a pause left unused', async () => {
    const {pace, clock} = pacer(100)
    clock.now = 60_000
    for (let i = 0; i < 11; i++) await pace.take(10)

    expect(clock.now).toBe(60_900)
  })

  it('goes down when throttled, once for all requests that were in flight', async () => {
    const {pace, clock} = pacer()
    for (let i = 0; i < 100; i++) {
      await pace.take(10)
      clock.now += 10
    }
    pace.throttled()
    pace.throttled()

    expect(pace.perSecond).toBeCloseTo(700)
    clock.now += 300
    pace.throttled()
    expect(pace.perSecond).toBeLessThan(500)
  })

  it('comes back with what is accepted, and no further than asked for', async () => {
    const {pace, clock} = pacer(1000)
    for (let i = 0; i < 100; i++) await pace.take(10)
    pace.throttled()
    const after = pace.perSecond
    clock.now += 1000
    pace.accepted()

    expect(pace.perSecond / after).toBeCloseTo(1.1)
    clock.now += 600_000
    pace.accepted()
    expect(pace.perSecond).toBe(1000)
  })

  it('settles near what a service lets through', async () => {
    const {pace, clock} = pacer()
    const serviceRate = 500
    let allowed = serviceRate
    let refilledAt = 0
    let accepted = 0
    for (clock.now = 0; clock.now < 60_000; clock.now += 1) {
      await pace.take(10)
      allowed = Math.min(serviceRate, allowed + ((clock.now - refilledAt) * serviceRate) / 1000)
      refilledAt = clock.now
      if (allowed < 10) pace.throttled()
      else {
        allowed -= 10
        accepted += 10
        pace.accepted()
      }
    }

    expect(accepted / 60).toBeGreaterThan(0.75 * serviceRate)
    expect(pace.perSecond).toBeLessThan(1.3 * serviceRate)
  })

  it('never goes above the rate asked for, whatever the service says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 1, max: 5000}),
        fc.array(fc.tuple(fc.constantFrom('throttled', 'accepted'), fc.nat(5000)), {maxLength: 60}),
        async (perSecond, answers) => {
          const {pace, clock} = pacer(perSecond)
          let count = 0
          for (const [answer, pauseMs] of answers) {
            await pace.take(1)
            count += 1
            pace[answer as 'throttled' | 'accepted']()
            expect(pace.perSecond).toBeLessThanOrEqual(perSecond)
            expect(pace.perSecond).toBeGreaterThan(0)
            expect(count).toBeLessThanOrEqual(1 + perSecond * 0.1 + (perSecond * clock.now) / 1000 + 1)
            clock.now += pauseMs
          }
        },
      ),
    )
  })
})
