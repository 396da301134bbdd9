import {pipeline, Readable} from 'node:stream'
import {constants, createGzip} from 'node:zlib'
import type {Platform} from '../../platform'
import {joinedRow} from './buffer-row'
import {delimiterOf} from './destination'
import {objectKey} from './object-key'
import {putObject} from './put-object'
import type {Delivery, WrittenRecords} from './delivery'

/** Writes one object of the records themselves. */
export async function writeRaw(platform: Platform, delivery: Delivery): Promise<WrittenRecords> {
  const {stream, firstKey, arrivedAt, rows} = delivery
  const {destination} = stream
  let records = 0
  function* bytes(): Generator<Buffer> {
    for (const row of rows) {
      records += row.count
      yield joinedRow(row, delimiterOf(destination))
    }
  }
  const gzip = destination.CompressionFormat === 'GZIP'
  const {sizeBytes} = await putObject(platform, destination, {
    key: objectKey(stream, firstKey, arrivedAt),
    body: gzip ? gzipped(bytes()) : Readable.from(bytes()),
    contentEncoding: gzip ? 'gzip' : undefined,
  })
  return {object: {records, bytes: sizeBytes}}
}

/** Fast rather than small: an endpoint that takes tens of thousands of events a second has one core for everything. */
function gzipped(rows: Iterable<Buffer>): Readable {
  const gzip = createGzip({level: constants.Z_BEST_SPEED, chunkSize: 256 * 1024})
  // A failure of either stream destroys the other; whoever reads the result sees it.
  return pipeline(Readable.from(rows), gzip, () => undefined)
}
