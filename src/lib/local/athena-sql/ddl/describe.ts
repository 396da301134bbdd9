import type {Column} from '@aws-sdk/client-glue'
import type {TableRow} from '../../catalog'
import {notSupported} from '../sql-failure'
import {Cursor} from '../words/cursor'
import {textResult, type StatementContext, type StatementResult} from './context'
import {requireTable} from './names'

/** Of Hive: a line with nothing in its three columns. */
const emptyLine = '\t \t '

/** SerDes whose columns Hive takes from the catalog. What others hold they tell themselves, and Hive says so in place of a comment. */
const ownColumns = /\.(?:LazySimpleSerDe|ParquetHiveSerDe|OrcSerde|LazyBinaryColumnarSerDe|ColumnarSerDe)$|^$/

/** DESCRIBE [FORMATTED] table: columns filled up with blanks to 20, as Hive writes them. Throws SqlFailure on EXTENDED, columns and partitions. */
export function describe(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  if (!cursor.takes('DESC')) cursor.needs('DESCRIBE')
  if (cursor.sees('EXTENDED')) throw notSupported('DESCRIBE EXTENDED')
  if (cursor.sees('DATABASE') || cursor.sees('SCHEMA')) throw notSupported('DESCRIBE DATABASE')
  const formatted = cursor.takes('FORMATTED')
  const table = requireTable(cursor.objectName(), context)
  if (cursor.sees('PARTITION')) throw notSupported('DESCRIBE of a partition')
  if (cursor.token.kind === 'word' || cursor.token.kind === 'name') throw notSupported('DESCRIBE of a column')
  cursor.end()
  const lines = formatted ? formattedLines(table) : plainLines(table)
  return textResult(['col_name', 'data_type', 'comment'], lines)
}

function plainLines(table: TableRow): string[] {
  const keys = keyLines(table)
  return [...columnLines(table), ...keys, ...(keys.length === 0 ? [] : [emptyLine, ...keyBlock(keys)])]
}

function formattedLines(table: TableRow): string[] {
  const keys = keyLines(table)
  return [
    header,
    emptyLine,
    ...columnLines(table),
    ...(keys.length === 0 ? [] : [emptyLine, ...keyBlock(keys)]),
    emptyLine,
    ...tableBlock(table),
    emptyLine,
    ...storageBlock(table),
  ]
}

const header = line('# col_name', 'data_type', 'comment')

function keyBlock(keys: readonly string[]): string[] {
  return [`# Partition Information\t \t `, header, emptyLine, ...keys]
}

function tableBlock({
  DatabaseName,
  Owner,
  CreateTime,
  Retention,
  StorageDescriptor,
  TableType,
  Parameters,
}: TableRow): string[] {
  return [
    '# Detailed Table Information\t \t ',
    fact('Database:', DatabaseName),
    fact('Owner:', Owner),
    fact('CreateTime:', javaDate(CreateTime)),
    fact('LastAccessTime:', 'UNKNOWN'),
    fact('Protect Mode:', 'None'),
    fact('Retention:', String(Retention ?? 0)),
    fact('Location:', StorageDescriptor?.Location),
    fact('Table Type:', TableType),
    'Table Parameters:\t \t ',
    ...propertyLines(Parameters),
  ]
}

function storageBlock({StorageDescriptor: storage = {}}: TableRow): string[] {
  return [
    '# Storage Information\t \t ',
    fact('SerDe Library:', storage.SerdeInfo?.SerializationLibrary),
    fact('InputFormat:', storage.InputFormat),
    fact('OutputFormat:', storage.OutputFormat),
    fact('Compressed:', storage.Compressed ? 'Yes' : 'No'),
    fact('Num Buckets:', String(storage.NumberOfBuckets ?? -1)),
    fact('Bucket Columns:', `[${(storage.BucketColumns ?? []).join(', ')}]`),
    fact('Sort Columns:', '[]'),
    'Storage Desc Params:\t \t ',
    ...propertyLines(storage.SerdeInfo?.Parameters),
  ]
}

function columnLines({StorageDescriptor: storage}: TableRow): string[] {
  const isOwn = ownColumns.test(storage?.SerdeInfo?.SerializationLibrary ?? '')
  return (storage?.Columns ?? []).map((column) => columnLine(column, isOwn ? '' : 'from deserializer'))
}

function keyLines({PartitionKeys = []}: TableRow): string[] {
  return PartitionKeys.map((key) => columnLine(key, ''))
}

function columnLine({Name, Type, Comment}: Column, otherwise: string): string {
  return line(Name, Type, Comment ?? otherwise)
}

function propertyLines(properties: Readonly<Record<string, string>> = {}): string[] {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([key, value]) => `\t${padded(key)}\t${padded(value)}`)
}

function fact(name: string, value: string | undefined): string {
  return `${padded(name)}\t${padded(value)}\t `
}

function line(...cells: readonly (string | undefined)[]): string {
  return cells.map(padded).join('\t')
}

/** A cell as Hive fills it up; a longer one stays whole. */
export function padded(text = ''): string {
  return text.replaceAll('\n', ' ').padEnd(20)
}

/** `Sat Nov 28 17:00:00 UTC 2026`. */
function javaDate(date: Date | undefined): string {
  const text = (date ?? new Date(0)).toUTCString().replace(',', '')
  const [day = '', number = '', month = '', year = '', time = ''] = text.split(' ')
  return `${day} ${month} ${number} ${time} UTC ${year}`
}
