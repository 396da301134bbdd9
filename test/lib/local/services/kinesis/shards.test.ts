import fc, {runs} from '../../../../_helpers/properties'
import {
  describeShards,
  hashKeyOf,
  hashKeyRangeOf,
  isHashKey,
  shardIdOf,
  shardIndexOf,
  shardIndexOfHashKey,
} from '../../../../../src/lib/local/services/kinesis/shards'

const maxHashKey = 2n ** 128n - 1n
const hashKeys = fc.bigInt({min: 0n, max: maxHashKey})
const shardCounts = fc.integer({min: 1, max: 2000})
const row = '00000001000000000001'

describe('the shards of a stream', () => {
  it('share the hash keys so that every key falls into exactly one', () => {
    fc.assert(
      fc.property(hashKeys, fc.integer({min: 1, max: 200}), (hashKey, shardCount) => {
        const holding = Array.from({length: shardCount}, (_, index) => index).filter((index) => {
          const {first, last} = hashKeyRangeOf(index, shardCount)
          return first <= hashKey && hashKey <= last
        })
        expect(holding).toEqual([shardIndexOfHashKey(hashKey, shardCount)])
      }),
    )
  })

  it('follow one another from 0 to 2^128 - 1 without a gap', () => {
    fc.assert(
      fc.property(shardCounts, (shardCount) => {
        const ranges = Array.from({length: shardCount}, (_, index) => hashKeyRangeOf(index, shardCount))
        expect(ranges[0]?.first).toBe(0n)
        expect(ranges.at(-1)?.last).toBe(maxHashKey)
        for (const [i, {first}] of ranges.slice(1).entries()) expect(first).toBe((ranges[i]?.last ?? 0n) + 1n)
      }),
      {numRuns: runs(10, 30)},
    )
  })

  it('take the first and the last key of each range', () => {
    fc.assert(
      fc.property(shardCounts, fc.nat(), (shardCount, n) => {
        const index = n % shardCount
        const {first, last} = hashKeyRangeOf(index, shardCount)
        expect([first, last].map((key) => shardIndexOfHashKey(key, shardCount))).toEqual([index, index])
      }),
    )
  })

  it('are shown as AWS shows them', () => {
    expect(describeShards(2, row)).toEqual([
      {
        ShardId: 'shardId-000000000000',
        HashKeyRange: {StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727'},
        SequenceNumberRange: {
          StartingSequenceNumber: '49000000010000000000010000000000000000000000000000000000',
        },
      },
      {
        ShardId: 'shardId-000000000001',
        HashKeyRange: {
          StartingHashKey: '170141183460469231731687303715884105728',
          EndingHashKey: '340282366920938463463374607431768211455',
        },
        SequenceNumberRange: {
          StartingSequenceNumber: '49000000010000000000010000000000000000000000000000000001',
        },
      },
    ])
  })

  it('are found by their ids', () => {
    expect(shardIdOf(11)).toBe('shardId-000000000011')
    expect(shardIndexOf('shardId-000000000011', 12)).toBe(11)
    expect(shardIndexOf('shardId-000000000011', 11)).toBeUndefined()
    expect(shardIndexOf('shardId-11', 12)).toBeUndefined()
  })
})

describe('a hash key', () => {
  it('is the MD5 of the partition key', () => {
    expect(hashKeyOf('a')).toBe(0x0cc175b9c0f1b6a831c399e269772661n)
  })

  it('is a decimal number below 2^128', () => {
    expect(isHashKey(String(maxHashKey))).toBe(true)
    expect(isHashKey(String(maxHashKey + 1n))).toBe(false)
    expect(isHashKey('01')).toBe(false)
  })
})
