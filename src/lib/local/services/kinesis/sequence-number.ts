/** Digits of a sequence number; AWS's have 56 too. All have as many, so that their order as texts is their order as numbers. */
const digits = 56

/**
 * The sequence number of a record: the name of its row (20 digits, growing over restarts) and its shard. So it grows with every
 * record of the stream, and tells its shard.
 */
export function toSequenceNumber(row: string, shardIndex: number): string {
  return `49${row}${String(shardIndex).padStart(digits - 2 - row.length, '0')}`
}

/** The sequence number that a shard's range begins with: before every record of a stream that was made at `streamRow`. */
export function firstSequenceNumber(streamRow: string, shardIndex: number): string {
  return toSequenceNumber(streamRow, shardIndex)
}

/** True for a sequence number that a stream made at `streamRow` can have given out for the shard. */
export function isOfShard(sequenceNumber: string, streamRow: string, shardIndex: number): boolean {
  if (sequenceNumber.length !== digits || !/^49\d+$/.test(sequenceNumber)) return false
  const isOfThisShard = Number(sequenceNumber.slice(22)) === shardIndex
  return isOfThisShard && sequenceNumber >= firstSequenceNumber(streamRow, shardIndex)
}

/** The number just before: reading after it begins with the record itself. */
export function before(sequenceNumber: string): string {
  return String(BigInt(sequenceNumber) - 1n).padStart(digits, '0')
}
