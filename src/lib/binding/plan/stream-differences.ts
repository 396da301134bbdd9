import type {
  DataFormatConversionConfiguration,
  ExtendedS3DestinationDescription,
} from '@aws-sdk/client-firehose'
import type {StreamDestination} from '../../road/delivery-stream'
import {rawLayouts} from '../../road/layout'
import type {RecordFormat} from '../../road/record-format'
import {same, unequal, withoutGaps} from './unequal'

/** What differs of a stream's destination, with what Firehose does when nothing is said filled in. */
export function streamDifferences(
  desired: StreamDestination,
  actual: ExtendedS3DestinationDescription,
): string[] {
  return unequal({
    roleArn: actual.RoleARN === desired.RoleARN,
    bucketArn: actual.BucketARN === desired.BucketARN,
    prefix: actual.Prefix === desired.Prefix,
    errorOutputPrefix: actual.ErrorOutputPrefix === desired.ErrorOutputPrefix,
    bufferingHints: same(withoutGaps(actual.BufferingHints), desired.BufferingHints),
    compressionFormat: (actual.CompressionFormat ?? 'UNCOMPRESSED') === desired.CompressionFormat,
    cloudWatchLogging:
      (actual.CloudWatchLoggingOptions?.Enabled ?? false) === desired.CloudWatchLoggingOptions.Enabled,
    processing: same(processingOf(actual), processingOf(desired)),
    formatConversion: same(conversionOf(actual), conversionOf(desired)),
    fileExtension: !actual.FileExtension,
    timeZone: !actual.CustomTimeZone || actual.CustomTimeZone === 'UTC',
  })
}

/**
 * The form in which a stream writes, by what it converts to and where it writes: one whose conversion was switched off by hand
 * still writes where Parquet belongs.
 */
export function recordFormatOf(destination: ExtendedS3DestinationDescription): RecordFormat {
  const isParquet = convertsToParquet(destination) || destination.Prefix === rawLayouts.parquet.prefix
  return isParquet ? 'parquet' : 'json'
}

/** Whether the stream converts to Parquet: a conversion counts unless it says that it is switched off. */
export function convertsToParquet({
  DataFormatConversionConfiguration: conversion,
}: ExtendedS3DestinationDescription): boolean {
  return (
    isEnabled(conversion) && conversion?.OutputFormatConfiguration?.Serializer?.ParquetSerDe !== undefined
  )
}

/** API reference, DataFormatConversionConfiguration: "Defaults to true. Set it to false if you want to disable format conversion". */
function isEnabled(conversion: DataFormatConversionConfiguration | undefined): boolean {
  return conversion !== undefined && conversion.Enabled !== false
}

type Parts = Pick<
  ExtendedS3DestinationDescription,
  'ProcessingConfiguration' | 'DataFormatConversionConfiguration'
>

/** Processors that are switched off do nothing; parameters have no order. */
function processingOf(destination: Parts | StreamDestination): unknown {
  const processing = destination.ProcessingConfiguration as Parts['ProcessingConfiguration']
  if (processing?.Enabled !== true) return []
  return (processing.Processors ?? []).map((processor) => ({
    type: processor.Type,
    parameters: (processor.Parameters ?? []).map((p) => [p.ParameterName, p.ParameterValue].join('=')).sort(),
  }))
}

/** A conversion that is switched off does nothing. How the Parquet is packed is not compared: every reader unpacks it. */
function conversionOf(destination: Parts | StreamDestination): unknown {
  const conversion =
    destination.DataFormatConversionConfiguration as Parts['DataFormatConversionConfiguration']
  if (!isEnabled(conversion)) return 'none'
  const {SchemaConfiguration: schema, InputFormatConfiguration: input} = conversion ?? {}
  const openX = input?.Deserializer?.OpenXJsonSerDe
  return {
    schema: {...withoutGaps(schema), VersionId: schema?.VersionId ?? 'LATEST', CatalogId: undefined},
    openX: openX && {
      caseInsensitive: openX.CaseInsensitive ?? true,
      dots: openX.ConvertDotsInJsonKeysToUnderscores ?? false,
      keys: openX.ColumnToJsonKeyMappings ?? {},
    },
    output: Object.keys(withoutGaps(conversion?.OutputFormatConfiguration?.Serializer)),
  }
}
