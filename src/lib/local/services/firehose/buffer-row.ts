const headBytes = 12
/** The highest bit of the count: each part stands behind its length (4 bytes), so that it can be told from its neighbours. */
const apart = 0x80000000
const lengthBytes = 4

/** A row of a buffer: records that came together. `data` is a view of what is stored. */
export interface BufferRow {
  arrivedAt: number
  count: number
  /** The records as they will stand in the object, or apart from each other. */
  data: Buffer
  isApart: boolean
}

/**
 * A row: when its records came (8 bytes), how many they are (4 bytes), and the records. For an object of the records themselves
 * they are `joined`: each part with the stream's delimiter behind it, where a part is a record, or records that are joined by
 * the delimiter already. For an object of something else each part is one record, and they are kept `apart`.
 */
export function writeRow(
  arrivedAt: number,
  count: number,
  parts: readonly Uint8Array[],
  form: {joined: string} | 'apart',
): Buffer {
  const isApart = form === 'apart'
  const end = Buffer.from(isApart ? '' : form.joined, 'utf8')
  const around = isApart ? lengthBytes : end.length
  const row = Buffer.allocUnsafe(headBytes + parts.reduce((sum, part) => sum + part.length + around, 0))
  row.writeDoubleBE(arrivedAt, 0)
  row.writeUInt32BE(isApart ? count + apart : count, 8)
  let place = headBytes
  for (const part of parts) {
    if (isApart) place = row.writeUInt32BE(part.length, place)
    row.set(part, place)
    row.set(end, place + part.length)
    place += part.length + end.length
  }
  return row
}

/** What `writeRow` wrote. */
export function readRow(row: Buffer): BufferRow {
  const count = row.readUInt32BE(8)
  return {
    arrivedAt: row.readDoubleBE(0),
    count: count % apart,
    data: row.subarray(headBytes),
    isApart: count >= apart,
  }
}

/** The records of a row, one by one. Of joined ones a line is a record: what the stream took before it had to tell them apart. */
export function* recordsOf({data, isApart}: BufferRow): Generator<Buffer> {
  for (let place = 0; place < data.length;) {
    const start = isApart ? place + lengthBytes : place
    const lineEnd = isApart ? 0 : data.indexOf('\n', start)
    const end = isApart ? start + data.readUInt32BE(place) : lineEnd < 0 ? data.length : lineEnd
    yield data.subarray(start, end)
    place = isApart ? end : end + 1
  }
}

/** A row as it stands in an object of the records themselves. */
export function joinedRow(row: BufferRow, delimiter: string): Buffer {
  if (!row.isApart) return row.data
  const end = Buffer.from(delimiter, 'utf8')
  return Buffer.concat([...recordsOf(row)].flatMap((record) => [record, end]))
}
