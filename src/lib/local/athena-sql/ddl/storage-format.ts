import type {StorageDescriptor} from '@aws-sdk/client-glue'
import {notSupported} from '../sql-failure'
import type {Cursor} from '../words/cursor'
import {readProperties} from './read-clauses'

type Formats = Required<Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat'>>
type Serde = NonNullable<StorageDescriptor['SerdeInfo']>

const hive = 'org.apache.hadoop.hive'
const lazy = `${hive}.serde2.lazy.LazySimpleSerDe`

/** What `STORED AS NAME` stands for. */
const named: Readonly<Record<string, Formats & {serde: string}>> = {
  TEXTFILE: {
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: `${hive}.ql.io.HiveIgnoreKeyTextOutputFormat`,
    serde: lazy,
  },
  SEQUENCEFILE: {
    InputFormat: 'org.apache.hadoop.mapred.SequenceFileInputFormat',
    OutputFormat: `${hive}.ql.io.HiveSequenceFileOutputFormat`,
    serde: lazy,
  },
  RCFILE: {
    InputFormat: `${hive}.ql.io.RCFileInputFormat`,
    OutputFormat: `${hive}.ql.io.RCFileOutputFormat`,
    serde: `${hive}.serde2.columnar.LazyBinaryColumnarSerDe`,
  },
  ORC: {
    InputFormat: `${hive}.ql.io.orc.OrcInputFormat`,
    OutputFormat: `${hive}.ql.io.orc.OrcOutputFormat`,
    serde: `${hive}.ql.io.orc.OrcSerde`,
  },
  PARQUET: {
    InputFormat: `${hive}.ql.io.parquet.MapredParquetInputFormat`,
    OutputFormat: `${hive}.ql.io.parquet.MapredParquetOutputFormat`,
    serde: `${hive}.ql.io.parquet.serde.ParquetHiveSerDe`,
  },
  AVRO: {
    InputFormat: `${hive}.ql.io.avro.AvroContainerInputFormat`,
    OutputFormat: `${hive}.ql.io.avro.AvroContainerOutputFormat`,
    serde: `${hive}.serde2.avro.AvroSerDe`,
  },
}

const text = {serde: lazy, ...named['TEXTFILE']} as Formats & {serde: string}

/** `[ROW FORMAT ...] [STORED AS ...]`: how a table's objects are read. Throws SqlFailure. */
export function readStorageFormat(cursor: Cursor): Formats & {SerdeInfo: Serde} {
  const row = cursor.takes('ROW', 'FORMAT') ? readRowFormat(cursor) : undefined
  if (cursor.sees('STORED', 'BY')) throw notSupported('STORED BY')
  const stored = cursor.takes('STORED', 'AS') ? readStoredAs(cursor) : text
  const {InputFormat, OutputFormat, serde} = stored
  // WITH SERDEPROPERTIES stands behind ROW FORMAT SERDE, and Athena takes it behind STORED AS, too.
  const more = cursor.takes('WITH', 'SERDEPROPERTIES') ? readProperties(cursor) : {}
  return {
    InputFormat,
    OutputFormat,
    SerdeInfo: {
      SerializationLibrary: row?.SerializationLibrary ?? serde,
      Parameters: {'serialization.format': '1', ...row?.Parameters, ...more},
    },
  }
}

function readRowFormat(cursor: Cursor): Serde {
  if (cursor.takes('DELIMITED')) return {SerializationLibrary: lazy, Parameters: readDelimiters(cursor)}
  cursor.needs('SERDE')
  const SerializationLibrary = cursor.text()
  const Parameters = cursor.takes('WITH', 'SERDEPROPERTIES') ? readProperties(cursor) : {}
  return {SerializationLibrary, Parameters}
}

/** The clauses of ROW FORMAT DELIMITED and the properties of the SerDe that they set; `colelction` is Hive's own spelling. */
function readDelimiters(cursor: Cursor): Record<string, string> {
  const found: Record<string, string> = {}
  if (cursor.takes('FIELDS', 'TERMINATED', 'BY')) {
    found['field.delim'] = cursor.text()
    found['serialization.format'] = found['field.delim']
    if (cursor.takes('ESCAPED', 'BY')) found['escape.delim'] = cursor.text()
  }
  if (cursor.takes('COLLECTION', 'ITEMS', 'TERMINATED', 'BY')) found['colelction.delim'] = cursor.text()
  if (cursor.takes('MAP', 'KEYS', 'TERMINATED', 'BY')) found['mapkey.delim'] = cursor.text()
  if (cursor.takes('LINES', 'TERMINATED', 'BY')) found['line.delim'] = cursor.text()
  if (cursor.takes('NULL', 'DEFINED', 'AS')) found['serialization.null.format'] = cursor.text()
  return found
}

function readStoredAs(cursor: Cursor): Formats & {serde: string} {
  if (cursor.takes('INPUTFORMAT')) {
    const InputFormat = cursor.text()
    cursor.needs('OUTPUTFORMAT')
    return {InputFormat, OutputFormat: cursor.text(), serde: lazy}
  }
  const {raw} = cursor.token
  const known = named[raw.toUpperCase()]
  if (!known) throw cursor.unexpected('INPUTFORMAT', ...Object.keys(named))
  cursor.next()
  return known
}
