import {createReadStream} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DataFormatConversionConfiguration} from '@aws-sdk/client-firehose'
import type {Catalog} from '../../catalog'
import {ConversionFailure} from '../../format-conversion/conversion-failure'
import {Converter, type ConvertedColumn} from '../../format-conversion/converter'
import {foldCase, keepCase} from '../../format-conversion/fold'
import {LineFile} from '../../format-conversion/line-file'
import {writeParquet} from '../../format-conversion/write-parquet'
import type {Platform} from '../../platform'
import {recordsOf} from './buffer-row'
import type {Delivery, Tally, WrittenRecords} from './delivery'
import {catalogTableOf, errorLine} from './error-line'
import {errorKey, objectKey} from './object-key'
import {putObject, requireWritable} from './put-object'
import {columnsOf} from './table-schema'

interface Sorted {
  columns: readonly ConvertedColumn[]
  rows: LineFile
  errors: LineFile
  succeeded: Tally
  failed: Tally
}

/**
 * Converts records to Parquet by the columns that their table has now, and writes what does not convert as error records: one
 * object of each, named after the first row, so that a delivery that was cut off is written again in their place. Throws
 * where the stream's role may not write, or the machine has no room.
 */
export async function writeConverted(
  platform: Platform,
  catalog: Catalog,
  conversion: DataFormatConversionConfiguration,
  delivery: Delivery,
): Promise<WrittenRecords> {
  const {stream, firstKey, arrivedAt} = delivery
  const keys = {
    object: objectKey(stream, firstKey, arrivedAt),
    errors: errorKey(stream, firstKey, arrivedAt, 'format-conversion-failed'),
  }
  requireWritable(platform, stream.destination, keys.object)
  const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-firehose-'))
  try {
    const sorted = await sortRecords(platform, catalog, conversion, delivery, folder)
    if (sorted.errors.count > 0) {
      const body = createReadStream(sorted.errors.path)
      await putObject(platform, stream.destination, {key: keys.errors, body})
    }
    const converted = {succeeded: sorted.succeeded, failed: sorted.failed}
    if (sorted.rows.count === 0) return {converted}
    const target = join(folder, 'rows.parquet')
    const {Compression: compression = 'SNAPPY'} =
      conversion.OutputFormatConfiguration?.Serializer?.ParquetSerDe ?? {}
    await writeParquet(sorted.rows.path, target, {columns: sorted.columns, compression, folder})
    const body = createReadStream(target)
    const {sizeBytes} = await putObject(platform, stream.destination, {key: keys.object, body})
    return {object: {records: sorted.succeeded.records, bytes: sizeBytes}, converted}
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

/** Writes rows and error records to two files. A table that cannot be read fails every record. */
async function sortRecords(
  platform: Platform,
  catalog: Catalog,
  conversion: DataFormatConversionConfiguration,
  delivery: Delivery,
  folder: string,
): Promise<Sorted> {
  const {region, firstKey} = delivery
  const schema = schemaOf(conversion, {platform, catalog, region})
  const table = catalogTableOf(conversion, {accountId: platform.accountId, region})
  const now = platform.clock.now()
  const sorted: Sorted = {
    columns: 'columns' in schema ? schema.columns : [],
    rows: await LineFile.create(join(folder, 'rows.json')),
    errors: await LineFile.create(join(folder, 'errors.json')),
    succeeded: {records: 0, bytes: 0},
    failed: {records: 0, bytes: 0},
  }
  let number = 0
  try {
    for (const row of delivery.rows) {
      for (const data of recordsOf(row)) {
        const sequence = `${firstKey.replace(/\D/g, '')}${String(number).padStart(10, '0')}`
        number += 1
        let isWhole = true
        for (const one of 'converter' in schema ? schema.converter.convert(data) : [schema]) {
          if ('row' in one) await sorted.rows.write(one.row)
          else {
            isWhole = false
            const failed = {data, arrivedAt: row.arrivedAt, sequence, ...one}
            await sorted.errors.write(errorLine(failed, table, now))
          }
        }
        add(isWhole ? sorted.succeeded : sorted.failed, data.length)
      }
    }
    return sorted
  } finally {
    await sorted.rows.close()
    await sorted.errors.close()
  }
}

function add(tally: Tally, bytes: number): void {
  tally.records += 1
  tally.bytes += bytes
}

type Schema = {converter: Converter; columns: ConvertedColumn[]} | {failure: ConversionFailure; place: number}

function schemaOf(
  conversion: DataFormatConversionConfiguration,
  place: {platform: Platform; catalog: Catalog; region: string},
): Schema {
  const openX = conversion.InputFormatConfiguration?.Deserializer?.OpenXJsonSerDe
  const fold = openX?.CaseInsensitive === false ? keepCase : foldCase
  try {
    const columns = columnsOf(conversion, place)
    return {columns, converter: new Converter(columns, fold)}
  } catch (error) {
    if (error instanceof ConversionFailure) return {failure: error, place: 0}
    throw error
  }
}
