import type {
  ExtendedS3DestinationConfiguration,
  ExtendedS3DestinationUpdate,
  ProcessingConfiguration,
  S3DestinationConfiguration,
} from '@aws-sdk/client-firehose'
import {Constraints} from '../../constraints'
import {notEmulated, ServiceError} from '../../service-error'
import {changedConversion, checkConversion, enabledConversion} from './conversion'
import {prefixProblem} from './prefix'
import type {Destination} from './rows'

type Configuration =
  ExtendedS3DestinationConfiguration | S3DestinationConfiguration | ExtendedS3DestinationUpdate

/** A new stream's destination with the service's defaults filled in. Throws InvalidArgumentException for what AWS refuses. */
export function newDestination(
  configuration: ExtendedS3DestinationConfiguration | S3DestinationConfiguration,
): Destination {
  const converts = enabledConversion(configuration as ExtendedS3DestinationConfiguration) !== undefined
  return checked({
    RoleARN: undefined,
    BucketARN: undefined,
    BufferingHints: {SizeInMBs: converts ? 128 : 5, IntervalInSeconds: 300},
    CompressionFormat: 'UNCOMPRESSED',
    EncryptionConfiguration: {NoEncryptionConfig: 'NoEncryption'},
    S3BackupMode: 'Disabled',
    ...definedMembers(configuration),
  })
}

/** The destination after UpdateDestination: what is given replaces what was there, the rest stays. */
export function changedDestination(before: Destination, update: ExtendedS3DestinationUpdate): Destination {
  const {DataFormatConversionConfiguration: conversion} = before
  return checked({
    ...before,
    ...definedMembers(update),
    DataFormatConversionConfiguration: changedConversion(
      conversion,
      update.DataFormatConversionConfiguration,
    ),
  })
}

function definedMembers(configuration: Configuration): Partial<Destination> {
  const {S3BackupConfiguration, S3BackupUpdate, ...rest} =
    configuration as ExtendedS3DestinationConfiguration & ExtendedS3DestinationUpdate
  if (S3BackupConfiguration ?? S3BackupUpdate)
    throw notEmulated('S3BackupMode Enabled', 'InvalidArgumentException')
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
}

function checked(destination: Destination): Destination {
  refuseWhatIsNotThere(destination)
  checkLimits(destination)
  checkConversion(destination)
  const problem = prefixProblem(destination.Prefix, destination.ErrorOutputPrefix)
  if (problem) throw invalid(problem)
  checkTimeZone(destination.CustomTimeZone)
  return destination
}

function refuseWhatIsNotThere(destination: Destination): void {
  const no = (what: string) => notEmulated(what, 'InvalidArgumentException')
  if (destination.DynamicPartitioningConfiguration?.Enabled) throw no('DynamicPartitioningConfiguration')
  if (destination.S3BackupMode === 'Enabled') throw no('S3BackupMode Enabled')
  if (destination.EncryptionConfiguration?.KMSEncryptionConfig)
    throw no('EncryptionConfiguration.KMSEncryptionConfig')
  if (!['UNCOMPRESSED', 'GZIP'].includes(destination.CompressionFormat ?? '')) {
    throw no(`CompressionFormat ${destination.CompressionFormat ?? ''}`)
  }
  checkProcessors(destination)
}

/** The one processor there is can be asked for once. */
function checkProcessors({ProcessingConfiguration: processing}: Destination): void {
  if (!processing?.Enabled) return
  const [first, second] = processing.Processors ?? []
  for (const {Type: type} of processing.Processors ?? []) {
    if (type !== 'AppendDelimiterToRecord')
      throw notEmulated(`The processor ${type ?? ''}`, 'InvalidArgumentException')
  }
  if (first && second) throw notEmulated('More than one processor', 'InvalidArgumentException')
}

function checkLimits(destination: Destination): void {
  const hints = destination.BufferingHints ?? {}
  if ((hints.SizeInMBs === undefined) !== (hints.IntervalInSeconds === undefined)) {
    throw invalid('BufferingHints: give both SizeInMBs and IntervalInSeconds, or neither.')
  }
  new Constraints('InvalidArgumentException')
    .number('bufferingHints.sizeInMBs', hints.SizeInMBs, {min: 1, max: 128})
    .number('bufferingHints.intervalInSeconds', hints.IntervalInSeconds, {min: 0, max: 900})
    .text('prefix', destination.Prefix, {max: 1024})
    .text('errorOutputPrefix', destination.ErrorOutputPrefix, {max: 1024})
    .text('fileExtension', destination.FileExtension, {max: 128, pattern: /^(?:^$|\.[0-9a-z!\-_.*'()]+)$/})
    .text('bucketARN', destination.BucketARN, {pattern: /^(?:arn:[^:]+:s3:::[\w.-]{1,255})$/})
    .text('roleARN', destination.RoleARN, {
      pattern: /^(?:arn:[^:]+:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+)$/,
    })
    .check()
}

function checkTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return
  try {
    new Intl.DateTimeFormat('en', {timeZone})
  } catch {
    throw invalid(`CustomTimeZone ${timeZone} is not a known time zone.`)
  }
}

/**
 * What the stream appends to each record: nothing, unless it is asked to (`AppendDelimiterToRecord`). Without it records
 * are concatenated as they come, and a reader of lines sees only the first of each line.
 */
export function delimiterOf(destination: Destination): string {
  const processing: ProcessingConfiguration | undefined = destination.ProcessingConfiguration
  if (!processing?.Enabled) return ''
  const [processor] = processing.Processors ?? []
  if (!processor) return ''
  const value = processor.Parameters?.find(
    (parameter) => parameter.ParameterName === 'Delimiter',
  )?.ParameterValue
  // The parameter is the two characters \n, not a line break.
  return (value ?? '\\n').replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t')
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message)
}
