import {createHash} from 'node:crypto'
import type {Column, PartitionInput, StorageDescriptor, TableInput} from '@aws-sdk/client-glue'
import {hiveTypeText} from '../../../athena-sql/hive-type'
import type {FoundTable} from './find-tables'
import type {Classification, Folder} from './read-folder'

/** Tables as a crawler of this name makes them. */
export const madeBy = 'UPDATED_BY_CRAWLER'

const forms: Readonly<
  Record<Classification, Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat'> & {serde: string}>
> = {
  json: {
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serde: 'org.openx.data.jsonserde.JsonSerDe',
  },
  parquet: {
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
  },
}

/** The name of a table: the prefix and its folder's name, lower case, every other sign than letters, digits and `_` as `_`. */
export function tableName(prefix: string, bucket: string, path: string): string {
  const folder = path === '' ? bucket : (path.split('/').at(-2) ?? bucket)
  return `${prefix}${folder}`.toLowerCase().replace(/[^a-z0-9_]/g, '_')
}

/** Another name, where a table of another place has the first. */
export function otherName(name: string, location: string): string {
  return `${name}_${createHash('md5').update(location).digest('hex')}`
}

export function locationOf(bucket: string, path: string): string {
  return `s3://${bucket}/${path}`
}

/** The table that a crawler writes. */
export function tableInput(
  crawler: string,
  name: string,
  {table, bucket}: {table: FoundTable; bucket: string},
): TableInput {
  const [first] = table.folders
  const classification = first?.classification ?? 'json'
  const sum = (of: (folder: Folder) => number) => String(table.folders.map(of).reduce((a, b) => a + b, 0))
  return {
    Name: name,
    Owner: 'owner',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: table.keys.map((key) => ({Name: key, Type: 'string'})),
    StorageDescriptor: storageOf(table, locationOf(bucket, table.path)),
    Parameters: {
      CrawlerSchemaDeserializerVersion: '1.0',
      CrawlerSchemaSerializerVersion: '1.0',
      [madeBy]: crawler,
      classification,
      compressionType: table.folders.some(({isCompressed}) => isCompressed) ? 'gzip' : 'none',
      objectCount: sum(({objectCount}) => objectCount),
      recordCount: sum(({recordCount}) => recordCount),
      sizeKey: sum(({sizeBytes}) => sizeBytes),
      typeOfData: 'file',
    },
  }
}

/** The partitions of a table that a crawler writes, each with the columns of the table. */
export function partitionInputs(
  bucket: string,
  {partitions}: FoundTable,
  storage: StorageDescriptor,
): PartitionInput[] {
  return partitions.map(({values, folder}) => ({
    Values: values,
    StorageDescriptor: {...storage, Location: locationOf(bucket, folder.path)},
    Parameters: {objectCount: String(folder.objectCount), sizeKey: String(folder.sizeBytes)},
  }))
}

function storageOf(table: FoundTable, location: string): StorageDescriptor {
  const [first] = table.folders
  const classification = first?.classification ?? 'json'
  const {serde, ...format} = forms[classification]
  const columns: Column[] = table.columns.map(({name, type}) => ({Name: name, Type: hiveTypeText(type)}))
  const paths = columns.map(({Name}) => Name).join(',')
  return {
    ...format,
    Columns: columns,
    Location: location,
    Compressed: table.folders.some(({isCompressed}) => isCompressed),
    NumberOfBuckets: -1,
    SerdeInfo: {
      SerializationLibrary: serde,
      Parameters: classification === 'json' ? {paths} : {'serialization.format': '1'},
    },
    StoredAsSubDirectories: false,
  }
}
