import type {DataFormatConversionConfiguration, ParquetSerDe} from '@aws-sdk/client-firehose'
import {Constraints} from '../../constraints'
import {notEmulated, ServiceError} from '../../service-error'
import type {Destination} from './rows'

const minSizeInMBs = 64

/** The conversion that a stream does: it counts as enabled unless it says that it is not (API reference, `Enabled`). */
export function enabledConversion(
  destination: Pick<Destination, 'DataFormatConversionConfiguration'>,
): DataFormatConversionConfiguration | undefined {
  const conversion = destination.DataFormatConversionConfiguration
  return conversion?.Enabled === false ? undefined : conversion
}

/** The configuration after UpdateDestination: member by member, those of the schema too, what is given replaces what was. */
export function changedConversion(
  before: DataFormatConversionConfiguration | undefined,
  update: DataFormatConversionConfiguration | undefined,
): DataFormatConversionConfiguration | undefined {
  if (!before || !update) return update ?? before
  const schema = {...before.SchemaConfiguration, ...defined(update.SchemaConfiguration)}
  return {
    ...before,
    ...defined(update),
    ...((before.SchemaConfiguration ?? update.SchemaConfiguration) && {SchemaConfiguration: schema}),
  }
}

function defined<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(([, member]) => member !== undefined),
  ) as Partial<T>
}

/**
 * Refuses a conversion that Firehose would refuse, in its words and in its order: compression, buffer, what is missing, what is
 * there twice. Throws InvalidArgumentException; also for what is not emulated.
 */
export function checkConversion(destination: Destination): void {
  checkLimits(destination)
  const conversion = enabledConversion(destination)
  if (!conversion) return
  if (destination.CompressionFormat !== 'UNCOMPRESSED') {
    throw invalid(
      "The S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled. To enable compression within the converted output format, set the appropriate serialization option in the output format configuration.",
    )
  }
  if ((destination.BufferingHints?.SizeInMBs ?? minSizeInMBs) < minSizeInMBs) {
    throw invalid(
      `BufferingHints.SizeInMBs must be at least ${minSizeInMBs} when data format conversion is enabled.`,
    )
  }
  requirePresent({
    InputFormatConfiguration: conversion.InputFormatConfiguration,
    OutputFormatConfiguration: conversion.OutputFormatConfiguration,
    SchemaConfiguration: conversion.SchemaConfiguration,
  })
  checkSerDes(conversion)
  checkSchema(conversion)
}

function requirePresent(members: Readonly<Record<string, unknown>>): void {
  const missing = Object.entries(members).find(([, value]) => value === undefined)
  if (missing) throw invalid(`${missing[0]} must not be null`)
}

function checkSerDes({InputFormatConfiguration: input, OutputFormatConfiguration: output}: Conversion): void {
  const {OpenXJsonSerDe: openX, HiveJsonSerDe: hive} = input?.Deserializer ?? {}
  requireOne('deserializer', [openX, hive])
  const {ParquetSerDe: parquet, OrcSerDe: orc} = output?.Serializer ?? {}
  requireOne('serializer', [parquet, orc])
  if (hive) throw notEmulated('HiveJsonSerDe', 'InvalidArgumentException')
  if (orc) throw notEmulated('OrcSerDe', 'InvalidArgumentException')
  if (openX?.ConvertDotsInJsonKeysToUnderscores === true) {
    throw notEmulated('ConvertDotsInJsonKeysToUnderscores', 'InvalidArgumentException')
  }
}

type Conversion = DataFormatConversionConfiguration

function requireOne(what: 'deserializer' | 'serializer', serdes: readonly unknown[]): void {
  const given = serdes.filter((serde) => serde !== undefined)
  if (given.length > 1) throw invalid(`More than one ${what} specified. Only one may be chosen.`)
  if (given.length === 0)
    throw invalid(`${what === 'serializer' ? 'Serializer' : 'Deserializer'} must not be null`)
}

/** The service's words spell the role's member in another way than its name. */
function checkSchema({SchemaConfiguration: schema}: Conversion): void {
  const members = {RoleArn: schema?.RoleARN, DatabaseName: schema?.DatabaseName, TableName: schema?.TableName}
  const empty = Object.entries(members).find(([, value]) => !value)
  if (empty) throw invalid(`SchemaConfiguration.${empty[0]} must not be null or empty`)
}

/** The model's limits, which hold for a conversion that is switched off too. */
function checkLimits({DataFormatConversionConfiguration: conversion}: Destination): void {
  const limits = new Constraints('InvalidArgumentException')
  addParquetLimits(limits, conversion?.OutputFormatConfiguration?.Serializer?.ParquetSerDe)
  const words = Object.entries(conversion?.SchemaConfiguration ?? {}) as [string, string | undefined][]
  for (const [member, word] of words) {
    // What is empty is refused by name further on, where it is needed.
    const path = `schemaConfiguration.${member.charAt(0).toLowerCase()}${member.slice(1)}`
    limits.text(path, word || undefined, {max: 1024, pattern: /^(?:\S+)$/})
  }
  limits.check()
}

function addParquetLimits(limits: Constraints, parquet: ParquetSerDe | undefined): void {
  limits
    .number('parquetSerDe.blockSizeBytes', parquet?.BlockSizeBytes, {min: 67_108_864})
    .number('parquetSerDe.pageSizeBytes', parquet?.PageSizeBytes, {min: 65_536})
    .number('parquetSerDe.maxPaddingBytes', parquet?.MaxPaddingBytes, {min: 0})
    .text('parquetSerDe.compression', parquet?.Compression, {oneOf: ['GZIP', 'SNAPPY', 'UNCOMPRESSED']})
    .text('parquetSerDe.writerVersion', parquet?.WriterVersion, {oneOf: ['V1', 'V2']})
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message)
}
