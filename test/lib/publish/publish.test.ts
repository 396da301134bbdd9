import fc from '../../_helpers/properties'
import type {PublishOptions} from '../../../src/lib/publish/publish'
import {publish} from '../../../src/lib/publish/publish'
import type {PublishItem, PutEntry, PutResult, Rejection} from '../../../src/lib/publish/put-entry'

function entry(detail: string): PublishItem {
  return {entry: {Source: 's', DetailType: 't', Detail: detail}, position: `line ${detail}`}
}

function entries(count: number): PublishItem[] {
  return Array.from({length: count}, (_, i) => entry(String(i)))
}

const accepted: PutResult = {eventId: 'id'}

function serviceError(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(`${name}!`), {name, $metadata: {httpStatusCode}})
}

/** Runs `publish` on a service that answers as `put` says, and keeps what was sent, waited for and rejected. */
async function run(
  items: PublishOptions['entries'],
  put: PublishOptions['put'],
  more: Partial<PublishOptions> = {},
) {
  const sent: string[][] = []
  const waits: number[] = []
  const rejections: Rejection[] = []
  let clock = 0
  const result = publish({
    entries: items,
    put: async (batch) => {
      sent.push(batch.map((e) => e.Detail))
      return put(batch)
    },
    concurrency: 1,
    limits: {maxEntryCount: 10, maxBatchBytes: 1000},
    retry: {maxAttempts: 4, baseMs: 100, maxMs: 1000},
    now: () => (clock += 1000),
    sleep: async (delayMs) => {
      waits.push(delayMs)
    },
    random: () => 0.5,
    onRejected: (rejection) => {
      rejections.push(rejection)
    },
    ...more,
  })
  const [settled] = await Promise.allSettled([result])
  return {
    sent,
    waits,
    rejections,
    settled,
    result: settled.status === 'fulfilled' ? settled.value : undefined,
  }
}

const counts = (readCount: number, acceptedCount: number, rejectedCount: number, retriedCount: number) => ({
  readCount,
  acceptedCount,
  rejectedCount,
  retriedCount,
  interrupted: false,
})

describe('publish', () => {
  it('sends everything in requests of ten and the rest', async () => {
    const {sent, result} = await run(entries(23), async (batch) => batch.map(() => accepted))

    expect(sent.map((b) => b.length)).toEqual([10, 10, 3])
    expect(sent.flat()).toEqual(Array.from({length: 23}, (_, i) => String(i)))
    expect(result).toEqual(counts(23, 23, 0, 0))
  })

  it('sends nothing for an empty source', async () => {
    const {sent, result} = await run([], async () => [])

    expect(sent).toEqual([])
    expect(result).toEqual(counts(0, 0, 0, 0))
  })

  it('sends only the failed entries again, after a jittered wait that grows', async () => {
    const failuresLeft = new Map([['2', 2]])
    const put = async (batch: readonly PutEntry[]) =>
      batch.map((e) => {
        const left = failuresLeft.get(e.Detail) ?? 0
        failuresLeft.set(e.Detail, left - 1)
        return left > 0 ? {errorCode: 'ThrottlingException', errorMessage: 'slow down'} : accepted
      })

    const {sent, waits, result} = await run(entries(4), put)

    expect(sent).toEqual([['0', '1', '2', '3'], ['2'], ['2']])
    expect(waits).toEqual([50, 100])
    expect(result).toEqual(counts(4, 4, 0, 1))
  })

  it('rejects an entry that will never be accepted without trying again', async () => {
    const put = async (batch: readonly PutEntry[]) =>
      batch.map((e) =>
        e.Detail === '1' ? {errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.'} : accepted,
      )

    const {sent, rejections, result} = await run(entries(3), put)

    expect(sent).toHaveLength(1)
    expect(rejections).toEqual([
      {
        code: 'MalformedDetail',
        message: 'Detail is malformed.',
        position: 'line 1',
        entry: {Source: 's', DetailType: 't', Detail: '1'},
      },
    ])
    expect(result).toEqual(counts(3, 2, 1, 0))
  })

  it('rejects an entry that fails at every attempt, with the reason of the last one', async () => {
    const {sent, rejections, result} = await run(entries(1), async () => [
      {errorCode: 'InternalFailure', errorMessage: 'again'},
    ])

    expect(sent).toHaveLength(4)
    expect(rejections.map((r) => r.code)).toEqual(['InternalFailure'])
    expect(result).toEqual(counts(1, 0, 1, 1))
  })

  it('sends a whole request again when the service failed', async () => {
    let calls = 0
    const put = async (batch: readonly PutEntry[]) => {
      calls += 1
      if (calls === 1) throw serviceError('InternalException', 500)
      return batch.map(() => accepted)
    }

    const {sent, result} = await run(entries(3), put)

    expect(sent).toEqual([
      ['0', '1', '2'],
      ['0', '1', '2'],
    ])
    expect(result).toEqual(counts(3, 3, 0, 3))
  })

  it('does not trust an answer with another number of results', async () => {
    let calls = 0
    const put = async (batch: readonly PutEntry[]) => {
      calls += 1
      return calls === 1 ? [accepted] : batch.map(() => accepted)
    }

    const {result} = await run(entries(2), put)

    expect(result).toEqual(counts(2, 2, 0, 2))
  })

  it('sends the entries of a refused request one by one, so that one bad entry spoils no other', async () => {
    const put = async (batch: readonly PutEntry[]) => {
      if (batch.some((e) => e.Detail === '1')) throw serviceError('ValidationException', 400)
      return batch.map(() => accepted)
    }

    const {sent, rejections, result} = await run(entries(3), put)

    expect(sent).toEqual([['0', '1', '2'], ['0'], ['1'], ['2']])
    expect(rejections.map((r) => [r.position, r.code])).toEqual([['line 1', 'ValidationException']])
    expect(result).toEqual(counts(3, 2, 1, 3))
  })

  it('throws what the service says when the first request is refused for good', async () => {
    const refusal = serviceError('AccessDeniedException', 400)

    const {sent, settled} = await run(entries(100), async () => {
      throw refusal
    })

    expect(settled).toEqual({status: 'rejected', reason: refusal})
    expect(sent).toHaveLength(1)
  })

  it('throws when the service is out of reach for all attempts of the first request', async () => {
    const error = Object.assign(new Error('connect'), {code: 'ECONNREFUSED'})

    const {sent, settled} = await run(entries(100), async () => {
      throw error
    })

    expect(settled).toEqual({status: 'rejected', reason: error})
    expect(sent).toHaveLength(4)
  })

  it('rejects the rest unsent when the caller is refused in the middle, so that it can be sent later', async () => {
    let calls = 0
    const put = async (batch: readonly PutEntry[]) => {
      calls += 1
      if (calls > 1) throw serviceError('ExpiredTokenException', 400)
      return batch.map(() => accepted)
    }

    const {sent, rejections, result} = await run(entries(45), put)

    expect(sent).toHaveLength(2)
    expect(rejections).toHaveLength(35)
    expect(new Set(rejections.map((r) => r.code))).toEqual(new Set(['ExpiredTokenException']))
    expect(rejections.map((r) => r.entry?.Detail)).toEqual(Array.from({length: 35}, (_, i) => String(i + 10)))
    expect(result).toEqual(counts(45, 10, 35, 0))
  })

  it('goes on after a request that was throttled at every attempt', async () => {
    const put = async (batch: readonly PutEntry[]) => {
      if (batch[0]?.Detail === '0') throw serviceError('ThrottlingException', 400)
      return batch.map(() => accepted)
    }

    const {result} = await run(entries(12), put)

    expect(result).toEqual(counts(12, 2, 10, 10))
  })

  it('rejects an entry that no request can carry, and sends the others', async () => {
    const items = [entry('a'), entry('x'.repeat(999)), entry('b')]

    const {sent, rejections, result} = await run(items, async (batch) => batch.map(() => accepted))

    expect(sent).toEqual([['a', 'b']])
    expect(rejections).toMatchObject([
      {code: 'ENTRY_TOO_LARGE', message: 'The event has 1001 bytes, PutEvents takes at most 1000.'},
    ])
    expect(result).toEqual(counts(3, 2, 1, 0))
  })

  it('counts what the source itself could not read', async () => {
    const unreadable: Rejection = {code: 'NOT_JSON', message: 'no', position: 'line 2', original: '{'}

    const {rejections, result} = await run([entry('a'), unreadable], async (batch) =>
      batch.map(() => accepted),
    )

    expect(rejections).toEqual([unreadable])
    expect(result).toEqual(counts(2, 1, 1, 0))
  })

  it('keeps as many requests in flight as it may, and reads the source no faster', async () => {
    let inFlight = 0
    let most = 0
    let read = 0
    const readAhead: number[] = []
    function* source() {
      for (const item of entries(200)) {
        read += 1
        yield item
      }
    }
    let finished = 0
    const put = async (batch: readonly PutEntry[]) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      readAhead.push(read - finished * 10)
      inFlight -= 1
      finished += 1
      return batch.map(() => accepted)
    }

    const {result} = await run(source(), put, {concurrency: 3})

    expect(most).toBe(3)
    expect(Math.max(...readAhead)).toBeLessThanOrEqual(40)
    expect(result).toEqual(counts(200, 200, 0, 0))
  })

  it('stops at the signal, and accounts for what it had read', async () => {
    const abort = new AbortController()
    const put = async (batch: readonly PutEntry[]) => {
      abort.abort()
      return batch.map(() => accepted)
    }

    const {sent, result} = await run(entries(100), put, {signal: abort.signal})

    expect(sent).toHaveLength(1)
    expect(result?.interrupted).toBe(true)
    expect(result?.acceptedCount).toBe(10)
    expect(result?.readCount).toBe(10 + (result?.rejectedCount ?? 0))
  })

  it('waits for what is in flight when the source fails, and throws that failure', async () => {
    let done = false
    async function* source() {
      yield* entries(10)
      throw new Error('torn')
    }
    const put = async (batch: readonly PutEntry[]) => {
      await new Promise((resolve) => setImmediate(resolve))
      done = true
      return batch.map(() => accepted)
    }

    const {settled} = await run(source(), put)

    expect(settled).toMatchObject({status: 'rejected', reason: {message: 'torn'}})
    expect(done).toBe(true)
  })

  it('throws when rejected events cannot be kept', async () => {
    const {settled} = await run(
      entries(30),
      async (batch) => batch.map(() => ({errorCode: 'InvalidArgument'})),
      {
        onRejected: async () => {
          throw new Error('disk full')
        },
      },
    )

    expect(settled).toMatchObject({status: 'rejected', reason: {message: 'disk full'}})
  })

  it('sends no more events a second than asked for, slow ones one by one', async () => {
    let clock = 0
    const at: number[] = []
    const put = async (batch: readonly PutEntry[]) => {
      at.push(clock)
      return batch.map(() => accepted)
    }

    const {sent} = await run(entries(4), put, {
      perSecond: 2,
      now: () => clock,
      sleep: async (delayMs) => {
        clock += delayMs
      },
    })

    expect(sent.map((batch) => batch.length)).toEqual([1, 1, 1, 1])
    expect(at).toEqual([0, 500, 1000, 1500])
  })

  describe('with a ledger', () => {
    function ledgerOf(settled: Set<number>) {
      return {
        isSettled: (number: number) => settled.has(number),
        settle: (numbers: readonly number[]) => numbers.forEach((number) => settled.add(number)),
      }
    }

    it('leaves out what is dealt with, and notes what it deals with', async () => {
      const settled = new Set([0, 1, 3])
      const put = async (batch: readonly PutEntry[]) =>
        batch.map((e) => (e.Detail === '4' ? {errorCode: 'InvalidArgument'} : accepted))

      const {sent, result} = await run(entries(6), put, {ledger: ledgerOf(settled)})

      expect(sent).toEqual([['2', '4', '5']])
      expect(result).toEqual(counts(3, 2, 1, 0))
      expect([...settled].sort()).toEqual([0, 1, 2, 3, 4, 5])
    })

    it('leaves what it could not send to a later run, and reads no further', async () => {
      const settled = new Set<number>()
      let calls = 0
      const put = async (batch: readonly PutEntry[]) => {
        calls += 1
        if (calls > 1) throw serviceError('ExpiredTokenException', 400)
        return batch.map(() => accepted)
      }

      const {rejections, result} = await run(entries(100), put, {ledger: ledgerOf(settled)})

      expect(settled.size).toBe(10)
      expect(rejections.every((rejection) => rejection.isLeft)).toBe(true)
      expect(result?.readCount).toBeLessThan(60)
      expect(result?.readCount).toBe(10 + rejections.length)
    })

    it('sends everything at least once, however often it is interrupted, and nothing that was acknowledged twice', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({min: 1, max: 80}),
          fc.integer({min: 1, max: 9}),
          async (count, every) => {
            const settled = new Set<number>()
            const acknowledged: string[] = []
            for (let runs = 0; settled.size < count; runs++) {
              const abort = new AbortController()
              let calls = 0
              const put = async (batch: readonly PutEntry[]) => {
                calls += 1
                if (calls % every === 0) abort.abort()
                acknowledged.push(...batch.map((e) => e.Detail))
                return batch.map(() => accepted)
              }
              const {result} = await run(entries(count), put, {
                ledger: ledgerOf(settled),
                signal: abort.signal,
                concurrency: 2,
              })
              expect(result?.readCount).toBe((result?.acceptedCount ?? 0) + (result?.rejectedCount ?? 0))
              expect(runs).toBeLessThan(count)
            }
            expect(acknowledged.map(Number).sort((a, b) => a - b)).toEqual([...Array(count).keys()])
          },
        ),
      )
    })

    it('ends when the ledger cannot be kept', async () => {
      const settle = () => {
        throw new Error('disk full')
      }
      const {settled} = await run(entries(300), async (batch) => batch.map(() => accepted), {
        ledger: {isSettled: () => false, settle},
      })

      expect(settled).toMatchObject({status: 'rejected', reason: {message: 'disk full'}})
    })
  })

  it('accounts for every event exactly once, whatever the service answers', async () => {
    const codes = [undefined, undefined, 'ThrottlingException', 'InternalFailure', 'InvalidArgument']
    await fc.assert(
      fc.asyncProperty(
        fc.integer({min: 0, max: 60}),
        fc.infiniteStream(fc.integer({min: 0, max: 5})),
        fc.integer({min: 1, max: 4}),
        async (count, draws, concurrency) => {
          const acceptedDetails: string[] = []
          const put = async (batch: readonly PutEntry[]) => {
            if (draws.next().value === 5) throw serviceError('ThrottlingException', 400)
            return batch.map((e) => {
              const errorCode = codes[draws.next().value ?? 0]
              if (errorCode === undefined) acceptedDetails.push(e.Detail)
              return errorCode === undefined ? accepted : {errorCode}
            })
          }

          const {rejections, result} = await run(entries(count), put, {concurrency})

          expect(result?.readCount).toBe(count)
          expect(result?.acceptedCount).toBe(acceptedDetails.length)
          expect(result?.rejectedCount).toBe(rejections.length)
          const all = [...acceptedDetails, ...rejections.map((r) => r.entry?.Detail)]
          expect(all.map(Number).sort((a, b) => a - b)).toEqual(Array.from({length: count}, (_, i) => i))
        },
      ),
    )
  })
})
