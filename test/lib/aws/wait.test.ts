import {waitUntil} from '../../../src/lib/aws/wait'

/** A clock that only sleeping moves. */
function fakeTime(): {now: () => number; sleep: (ms: number) => Promise<void>; slept: number[]} {
  const slept: number[] = []
  let at = 1_000
  return {
    now: () => at,
    sleep: async (ms) => {
      slept.push(ms)
      at += ms
    },
    slept,
  }
}

describe('waitUntil', () => {
  it('returns what is seen, without a pause where it is there at once', async () => {
    const time = fakeTime()

    expect(await waitUntil(async () => 'there', {...time, timeoutMs: 1000, waitingFor: 'it'})).toBe('there')
    expect(time.slept).toEqual([])
  })

  it('doubles its pauses up to the longest and ends with the time', async () => {
    const time = fakeTime()
    const wait = waitUntil(async () => undefined, {
      ...time,
      timeoutMs: 2_000,
      firstDelayMs: 100,
      maxDelayMs: 500,
      waitingFor: 'stream usage-events to become ACTIVE',
    })

    await expect(wait).rejects.toMatchObject({
      kind: 'timeout',
      code: 'WAIT_TIMED_OUT',
      message: 'Waited 2 s for stream usage-events to become ACTIVE.',
    })
    expect(time.slept).toEqual([100, 200, 400, 500, 500, 300])
  })

  it('takes a falsy answer for an answer', async () => {
    expect(await waitUntil(async () => 0, {...fakeTime(), timeoutMs: 1000, waitingFor: 'it'})).toBe(0)
  })

  it('ends when it is interrupted', async () => {
    const abort = new AbortController()
    const time = fakeTime()
    const look = async (): Promise<undefined> => void abort.abort()

    await expect(
      waitUntil(look, {...time, timeoutMs: 1000, signal: abort.signal, waitingFor: 'it'}),
    ).rejects.toMatchObject({kind: 'interrupted'})
  })
})
