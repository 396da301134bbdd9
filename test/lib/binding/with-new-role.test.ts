import type {ApplyContext} from '../../../src/lib/binding/apply/apply-context'
import {withNewRole} from '../../../src/lib/binding/apply/with-new-role'

const refusal = Object.assign(
  new Error('Firehose is unable to assume role arn:aws:iam::111122223333:role/r.'),
  {
    name: 'InvalidArgumentException',
    $metadata: {httpStatusCode: 400},
  },
)

/** Time that only sleeping moves, and a role that was just made or not. */
function contextOf(rolesChanged: boolean): ApplyContext & {slept: number[]} {
  const slept: number[] = []
  let at = 0
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms)
    at += ms
  }
  return {now: () => at, sleep, rolesChanged, slept} as unknown as ApplyContext & {slept: number[]}
}

/** A call that is refused so many times first. */
function refusedTimes(times: number): () => Promise<string> {
  let left = times
  return async () => {
    if (left-- > 0) throw refusal
    return 'accepted'
  }
}

describe('withNewRole', () => {
  it('tries again until the service sees the new role', async () => {
    const context = contextOf(true)

    expect(await withNewRole(context, 'it', refusedTimes(3))).toBe('accepted')
    expect(context.slept).toEqual([1000, 2000, 4000])
  })

  it('gives up after a minute with the words of the service', async () => {
    const context = contextOf(true)

    await expect(withNewRole(context, 'it', refusedTimes(1000))).rejects.toBe(refusal)
    expect(context.slept.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(60_000)
  })

  it('does not wait for a role that was there before', async () => {
    const context = contextOf(false)

    await expect(withNewRole(context, 'it', refusedTimes(1))).rejects.toBe(refusal)
    expect(context.slept).toEqual([])
  })

  it('does not try a denial again', async () => {
    const context = contextOf(true)
    const denial = Object.assign(new Error('not authorized to perform iam:PassRole on role r'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400},
    })

    await expect(withNewRole(context, 'it', () => Promise.reject(denial))).rejects.toBe(denial)
    expect(context.slept).toEqual([])
  })
})
