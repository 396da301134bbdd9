import {createHash} from 'node:crypto'
import type {Shard} from '@aws-sdk/client-kinesis'
import {firstSequenceNumber} from './sequence-number'

/** Hash keys are the integers from 0 (inclusive) to 2^128 (exclusive): what MD5 gives. */
const hashKeyCount = 1n << 128n

/** `shardId-000000000003`. */
export function shardIdOf(index: number): string {
  return `shardId-${String(index).padStart(12, '0')}`
}

/** The place of a shard among `shardCount`, or undefined where the stream has no such shard. */
export function shardIndexOf(shardId: string, shardCount: number): number | undefined {
  const digits = /^shardId-(\d{12})$/.exec(shardId)?.[1]
  return digits !== undefined && Number(digits) < shardCount ? Number(digits) : undefined
}

/**
 * The first and the last hash key of a shard, both inclusive. The shards of a new stream share the hash keys evenly; the last one
 * takes what the division leaves.
 */
export function hashKeyRangeOf(index: number, shardCount: number): {first: bigint; last: bigint} {
  const width = hashKeyCount / BigInt(shardCount)
  const first = width * BigInt(index)
  return {first, last: index === shardCount - 1 ? hashKeyCount - 1n : first + width - 1n}
}

/** The shard that a hash key falls into. */
export function shardIndexOfHashKey(hashKey: bigint, shardCount: number): number {
  const index = hashKey / (hashKeyCount / BigInt(shardCount))
  return Math.min(Number(index), shardCount - 1)
}

/** The hash key of a partition key: its MD5 as an integer (API reference, PutRecord). */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`)
}

/** True for a decimal number that is a hash key. */
export function isHashKey(text: string): boolean {
  return /^(?:0|[1-9]\d{0,38})$/.test(text) && BigInt(text) < hashKeyCount
}

/** The shards of a stream as ListShards and DescribeStream show them. All are open: there is no resharding here. */
export function describeShards(shardCount: number, streamRow: string): Shard[] {
  return Array.from({length: shardCount}, (_, index) => {
    const {first, last} = hashKeyRangeOf(index, shardCount)
    return {
      ShardId: shardIdOf(index),
      HashKeyRange: {StartingHashKey: String(first), EndingHashKey: String(last)},
      SequenceNumberRange: {StartingSequenceNumber: firstSequenceNumber(streamRow, index)},
    }
  })
}
