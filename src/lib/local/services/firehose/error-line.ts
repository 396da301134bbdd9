import type {DataFormatConversionConfiguration} from '@aws-sdk/client-firehose'
import {formatArn} from '../../../core/arn'
import type {ConversionFailure} from '../../format-conversion/conversion-failure'

/** A record that could not be converted. */
export interface FailedRecord {
  data: Buffer
  arrivedAt: number
  /** Its place among all records of the stream. */
  sequence: string
  /** The document of the record that failed, counted from 0. */
  place: number
  failure: ConversionFailure
}

/** Where its columns come from, as error records name it. */
export interface CatalogTable {
  catalogId: string
  databaseName: string | undefined
  tableName: string | undefined
  region: string
  versionId: string
  catalogArn: string
}

/** The table of a conversion, as error records name it. */
export function catalogTableOf(
  {SchemaConfiguration: schema}: DataFormatConversionConfiguration,
  {accountId, region}: {accountId: string; region: string},
): CatalogTable {
  const place = schema?.Region ?? region
  return {
    catalogId: schema?.CatalogId ?? accountId,
    databaseName: schema?.DatabaseName,
    tableName: schema?.TableName,
    region: place,
    versionId: schema?.VersionId ?? 'LATEST',
    catalogArn: formatArn({service: 'glue', region: place, accountId, resource: 'catalog'}),
  }
}

/**
 * A line of an error object (developer guide, "Handling errors for data format conversion"; the names of code and message as the
 * service writes them, `lastErrorCode` and `lastErrorMessage`). `now` is the end of the one attempt.
 */
export function errorLine(failed: FailedRecord, table: CatalogTable, now: number): string {
  return JSON.stringify({
    attemptsMade: 1,
    arrivalTimestamp: failed.arrivedAt,
    lastErrorCode: `DataFormatConversion.${failed.failure.code}`,
    lastErrorMessage: failed.failure.message,
    attemptEndingTimestamp: now,
    rawData: failed.data.toString('base64'),
    sequenceNumber: failed.sequence,
    subSequenceNumber: failed.place,
    dataCatalogTable: table,
  })
}
