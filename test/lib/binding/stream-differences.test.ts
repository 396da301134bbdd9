import type {
  DataFormatConversionConfiguration,
  ExtendedS3DestinationDescription,
} from '@aws-sdk/client-firehose'
import {recordFormatOf, streamDifferences} from '../../../src/lib/binding/plan/stream-differences'
import {roadResources} from '../../../src/lib/road/road'
import {settings} from './_settings'

const json = roadResources(settings).stream.destination
const parquet = roadResources({...settings, recordFormat: 'parquet'}).stream.destination

/** The destination as the service describes it, with all that it fills in. */
function described(
  conversion: DataFormatConversionConfiguration = {},
  more: Partial<ExtendedS3DestinationDescription> = {},
): ExtendedS3DestinationDescription {
  return {
    ...parquet,
    EncryptionConfiguration: {NoEncryptionConfig: 'NoEncryption'},
    S3BackupMode: 'Disabled',
    DataFormatConversionConfiguration: {
      ...parquet.DataFormatConversionConfiguration,
      OutputFormatConfiguration: {
        Serializer: {ParquetSerDe: {Compression: 'SNAPPY', BlockSizeBytes: 268_435_456, WriterVersion: 'V1'}},
      },
      ...conversion,
    },
    ...more,
  }
}

const schema = parquet.DataFormatConversionConfiguration?.SchemaConfiguration
const openX = (serde: object): DataFormatConversionConfiguration => ({
  InputFormatConfiguration: {Deserializer: {OpenXJsonSerDe: serde}},
})

describe('a stream that writes Parquet', () => {
  it.each<[what: string, actual: ExtendedS3DestinationDescription]>([
    ['as the service describes it', described()],
    ['that does not say that it is enabled', described({Enabled: undefined})],
    [
      'in the latest version of its table, named or not',
      described({SchemaConfiguration: {...schema, VersionId: undefined}}),
    ],
    [
      'that packs its columns in another way',
      described({OutputFormatConfiguration: {Serializer: {ParquetSerDe: {Compression: 'GZIP'}}}}),
    ],
    [
      'whose SerDe says what is so anyway',
      described(
        openX({
          ColumnToJsonKeyMappings: {detail_type: 'detail-type'},
          ConvertDotsInJsonKeysToUnderscores: false,
        }),
      ),
    ],
  ])('differs in nothing: %s', (_what, actual) => {
    expect(streamDifferences(parquet, actual)).toEqual([])
  })

  it.each<[what: string, conversion: DataFormatConversionConfiguration]>([
    ['is switched off', {Enabled: false}],
    ['reads another table', {SchemaConfiguration: {...schema, TableName: 'other'}}],
    ['is held at an old version of its table', {SchemaConfiguration: {...schema, VersionId: '0'}}],
    ['reads the table as another role', {SchemaConfiguration: {...schema, RoleARN: 'arn:aws:iam::1:role/x'}}],
    ['does not map detail-type', openX({CaseInsensitive: true})],
    [
      'tells keys apart by case',
      openX({CaseInsensitive: false, ColumnToJsonKeyMappings: {detail_type: 'detail-type'}}),
    ],
    ['reads with another SerDe', {InputFormatConfiguration: {Deserializer: {HiveJsonSerDe: {}}}}],
    ['writes another format', {OutputFormatConfiguration: {Serializer: {OrcSerDe: {}}}}],
  ])('differs where its conversion %s', (_what, conversion) => {
    expect(streamDifferences(parquet, described(conversion))).toEqual(['formatConversion'])
  })

  it('differs from one that writes JSON in form, place and compression', () => {
    const fields = ['prefix', 'compressionFormat', 'processing', 'formatConversion']

    expect(streamDifferences(json, described())).toEqual(fields)
    expect(
      streamDifferences(parquet, {...described(), ...json, DataFormatConversionConfiguration: undefined}),
    ).toEqual(fields)
  })
})

describe('the form that a stream writes', () => {
  it('is Parquet while it converts, and where it writes when that was switched off by hand', () => {
    expect(recordFormatOf(described())).toBe('parquet')
    expect(recordFormatOf(described({Enabled: false}))).toBe('parquet')
    expect(recordFormatOf(described({}, {Prefix: 'elsewhere/'}))).toBe('parquet')
  })

  it('is JSON where a conversion that was left behind is switched off', () => {
    expect(recordFormatOf(described({Enabled: false}, {Prefix: json.Prefix}))).toBe('json')
    expect(
      recordFormatOf({...described(), DataFormatConversionConfiguration: undefined, Prefix: undefined}),
    ).toBe('json')
  })
})
