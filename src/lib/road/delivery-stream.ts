import {rawLayouts, layout} from './layout'
import * as policies from './policies'
import {jsonKeyOfColumn} from './raw-table'
import {defaultRecordFormat} from './record-format'
import type {RecordFormat} from './record-format'
import type {RoadSettings} from './settings'

/** The S3 destination of a delivery stream, in the members and spelling of Firehose's `ExtendedS3DestinationConfiguration`. */
export interface StreamDestination {
  RoleARN: string
  BucketARN: string
  Prefix: string
  ErrorOutputPrefix: string
  BufferingHints: {IntervalInSeconds: number; SizeInMBs: number}
  CompressionFormat: 'GZIP' | 'UNCOMPRESSED'
  CloudWatchLoggingOptions: {Enabled: boolean}
  ProcessingConfiguration: {
    Enabled: boolean
    Processors: {
      Type: 'AppendDelimiterToRecord'
      Parameters: {ParameterName: 'Delimiter'; ParameterValue: string}[]
    }[]
  }
  /** Where records are converted before they are written. */
  DataFormatConversionConfiguration?: FormatConversion
}

/** In the members and spelling of Firehose's `DataFormatConversionConfiguration`. */
export interface FormatConversion {
  Enabled: true
  SchemaConfiguration: {
    RoleARN: string
    DatabaseName: string
    TableName: string
    Region: string
    VersionId: string
  }
  InputFormatConfiguration: {
    Deserializer: {
      OpenXJsonSerDe: {CaseInsensitive: boolean; ColumnToJsonKeyMappings: Record<string, string>}
    }
  }
  OutputFormatConfiguration: {Serializer: {ParquetSerDe: {Compression: 'SNAPPY'}}}
}

type FormPart = Pick<
  StreamDestination,
  'CompressionFormat' | 'ProcessingConfiguration' | 'DataFormatConversionConfiguration'
>

/** How the stream writes to the bucket: 900 s or 128 MB, by hour of arrival. */
export function destinationOf(settings: RoadSettings, roleArn: string): StreamDestination {
  const format = settings.recordFormat ?? defaultRecordFormat
  return {
    RoleARN: roleArn,
    BucketARN: policies.bucketArnOf(settings),
    Prefix: rawLayouts[format].prefix,
    ErrorOutputPrefix: layout.errorsPrefix,
    BufferingHints: {IntervalInSeconds: 900, SizeInMBs: 128},
    CloudWatchLoggingOptions: {Enabled: false},
    ...formParts[format](settings, roleArn),
  }
}

const formParts: Readonly<Record<RecordFormat, (settings: RoadSettings, roleArn: string) => FormPart>> = {
  json: jsonLines,
  parquet: toParquet,
}

/**
 * Firehose concatenates records without anything between them, and Athena's JSON SerDe reads one object a line: the
 * processor appends the newline. Its value is the two characters `\n`, as Firehose wants it.
 */
function jsonLines(): FormPart {
  return {
    CompressionFormat: 'GZIP',
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        {
          Type: 'AppendDelimiterToRecord',
          Parameters: [{ParameterName: 'Delimiter', ParameterValue: '\\n'}],
        },
      ],
    },
  }
}

/**
 * Firehose reads the columns out of the Glue table and writes them as Parquet, which it compresses itself: "the S3
 * destination's compression format must be set to UNCOMPRESSED". It needs no delimiter. Keys are told apart without regard to
 * case, because Hive's names are lower case and the events' are not.
 */
function toParquet(settings: RoadSettings, roleArn: string): FormPart {
  return {
    CompressionFormat: 'UNCOMPRESSED',
    ProcessingConfiguration: {Enabled: false, Processors: []},
    DataFormatConversionConfiguration: {
      Enabled: true,
      SchemaConfiguration: {
        RoleARN: roleArn,
        DatabaseName: settings.database,
        TableName: rawLayouts.parquet.table,
        Region: settings.region,
        VersionId: 'LATEST',
      },
      InputFormatConfiguration: {
        Deserializer: {
          OpenXJsonSerDe: {CaseInsensitive: true, ColumnToJsonKeyMappings: {...jsonKeyOfColumn}},
        },
      },
      OutputFormatConfiguration: {Serializer: {ParquetSerDe: {Compression: 'SNAPPY'}}},
    },
  }
}
