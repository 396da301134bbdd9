/** Records one behind the other, each with the stream's delimiter behind it. */
export function joinRecords(records: readonly (string | Uint8Array)[], delimiter: string): Buffer {
  if (records.every((record) => typeof record === 'string')) {
    return Buffer.from(records.join(delimiter) + delimiter, 'utf8')
  }
  const end = Buffer.from(delimiter, 'utf8')
  return Buffer.concat(
    records.flatMap((record) => [typeof record === 'string' ? Buffer.from(record, 'utf8') : record, end]),
  )
}

/** A row: when its records came (8 bytes), how many they are (4 bytes), and the records as they will stand in the object. */
export function writeRow(arrivedAt: number, count: number, data: Buffer): Buffer {
  const row = Buffer.allocUnsafe(12 + data.length)
  row.writeDoubleBE(arrivedAt, 0)
  row.writeUInt32BE(count, 8)
  data.copy(row, 12)
  return row
}

/** What `writeRow` wrote; `data` is a view of the row. */
export function readRow(row: Buffer): {arrivedAt: number; count: number; data: Buffer} {
  return {arrivedAt: row.readDoubleBE(0), count: row.readUInt32BE(8), data: row.subarray(12)}
}
