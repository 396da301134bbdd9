const headBytes = 12

/**
 * A row: when its records came (8 bytes), how many they are (4 bytes), and the records as they will stand in the object, each
 * part with the stream's delimiter behind it. A part is a record, or records that are joined by the delimiter already.
 */
export function writeRow(
  arrivedAt: number,
  count: number,
  parts: readonly Uint8Array[],
  delimiter: string,
): Buffer {
  const end = Buffer.from(delimiter, 'utf8')
  const bytes = parts.reduce((sum, part) => sum + part.length + end.length, 0)
  const row = Buffer.allocUnsafe(headBytes + bytes)
  row.writeDoubleBE(arrivedAt, 0)
  row.writeUInt32BE(count, 8)
  let place = headBytes
  for (const part of parts) {
    row.set(part, place)
    row.set(end, place + part.length)
    place += part.length + end.length
  }
  return row
}

/** What `writeRow` wrote; `data` is a view of the row. */
export function readRow(row: Buffer): {arrivedAt: number; count: number; data: Buffer} {
  return {arrivedAt: row.readDoubleBE(0), count: row.readUInt32BE(8), data: row.subarray(headBytes)}
}
