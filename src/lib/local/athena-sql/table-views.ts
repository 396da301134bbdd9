import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {TableRow} from '../catalog'
import type {Duck} from './duck'
import {duckDbType, parseHiveType, quoteName} from './hive-type'
import {JsonColumns, type JsonColumn} from './json-columns'
import type {JsonInspector} from './json-inspector'
import {repairJsonLines} from './json-lines'
import {parquetRelation} from './parquet-source'
import {usualLineBytes} from './read-lines'
import {notSupported, SqlFailure} from './sql-failure'
import type {TableFile} from './table-files'

const openX = 'org.openx.data.jsonserde.JsonSerDe'
const parquet = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'

/** The columns of a JSON table, `mapping.NAME` applied. Throws SqlFailure on types and properties that are not known. */
export function jsonColumns(table: TableRow): JsonColumn[] {
  const properties = serdeProperties(table)
  if (properties['dots.in.keys']?.toLowerCase() === 'true')
    throw notSupported('dots.in.keys of the JSON SerDe')
  if (properties['case.insensitive']?.toLowerCase() === 'false') {
    throw notSupported('case.insensitive=false of the JSON SerDe')
  }
  return (table.StorageDescriptor?.Columns ?? []).map((column) => {
    const name = column.Name ?? ''
    const key = properties[`mapping.${name}`] ?? name
    return {name, key: key.toLowerCase(), type: parseHiveType(column.Type ?? 'string')}
  })
}

/** True where the table's SerDe is OpenX's for JSON; false for Parquet. Throws SqlFailure on any other format. */
export function isJsonTable(table: TableRow): boolean {
  const serde = table.StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? ''
  if (serde === openX) return true
  if (serde === parquet) return false
  throw notSupported(`The SerDe ${serde || '(none)'} of table ${table.DatabaseName}.${table.Name}`)
}

export interface ViewRequest {
  duck: Duck
  table: TableRow
  files: readonly TableFile[]
  inspector: JsonInspector | undefined
  /** Whether the query names the pseudo column "$path". */
  withPath: boolean
  /** A folder for files that had to be rewritten. */
  folder: string
  /** Tells the relations of several tables apart. */
  number: number
}

/**
 * Makes the view `awsdatacatalog.DATABASE.TABLE` over the files, with the partition columns and, where asked for, "$path". Returns the files
 * that the view reads, each with the address of its object. Throws SqlFailure, and what DuckDB says of a file that it cannot read.
 */
export async function createView(request: ViewRequest): Promise<TableFile[]> {
  const {table, duck, number} = request
  const sources = await (isJsonTable(table) ? jsonSources(request) : parquetSources(request))
  await fillFiles(duck, `files_${number}`, sources.files, table)
  const keys = (table.PartitionKeys ?? []).map((key) => partitionColumn(key.Name ?? '', key.Type ?? 'string'))
  const columns = (table.StorageDescriptor?.Columns ?? []).map(
    (column) => `r.${quoteName(column.Name ?? '')}`,
  )
  const path = request.withPath ? ['f.uri AS "$path"'] : []
  const list = [...columns, ...keys, ...path].join(', ')
  const rows = sources.relations.length > 0 ? sources.relations.join(' UNION ALL ') : emptyRelation(table)
  const name = `awsdatacatalog.${quoteName(table.DatabaseName)}.${quoteName(table.Name)}`
  await duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(table.DatabaseName)}`)
  await duck.run(
    `CREATE VIEW ${name} AS SELECT ${list} FROM (${rows}) r JOIN memory.main.files_${number} f ON r.filename = f.path`,
  )
  return sources.files
}

interface Sources {
  relations: string[]
  files: TableFile[]
}

async function jsonSources(request: ViewRequest): Promise<Sources> {
  const {duck, table, inspector} = request
  if (!inspector || request.files.length === 0) return {relations: [], files: []}
  const facts = await inspector.inspect(duck, request.files)
  const files: TableFile[] = []
  let longestLine = 0
  for (const [place, file] of request.files.entries()) {
    if (!facts[place]?.isBroken) files.push(file)
    else {
      const {path, longest} = await repaired(request, file, place)
      longestLine = Math.max(longestLine, longest)
      files.push({...file, path})
    }
  }
  if (longestLine > usualLineBytes) await duck.makeRoomForLine(longestLine)
  await inspector.learnRepaired(
    duck,
    files.filter((_, place) => facts[place]?.isBroken),
    longestLine,
  )
  const columns = jsonColumns(table)
  const relations = [false, true].flatMap((exact) => {
    const paths = files.filter((_, place) => needsExact(facts[place]) === exact).map((file) => file.path)
    if (paths.length === 0) return []
    return [new JsonColumns(columns, inspector.spellings, exact).rows(paths, exact ? longestLine : 0)]
  })
  return {relations, files}
}

function needsExact(facts: {isBroken: boolean; hasExactNumbers: boolean} | undefined): boolean {
  return facts === undefined || facts.isBroken || facts.hasExactNumbers
}

async function repaired(
  request: ViewRequest,
  {path: source, uri}: TableFile,
  place: number,
): Promise<{path: string; longest: number}> {
  await mkdir(request.folder, {recursive: true})
  const path = join(request.folder, `${request.number}-${place}.json`)
  const ignores = serdeProperties(request.table)['ignore.malformed.json']?.toLowerCase() === 'true'
  const longest = await repairJsonLines({path: source, uri, gzip: /\.gz$/i.test(uri)}, path, ignores)
  return {path, longest}
}

async function parquetSources({duck, table, files}: ViewRequest): Promise<Sources> {
  const relations = files.length === 0 ? [] : [await parquetRelation(duck, table, files)]
  return {relations, files: [...files]}
}

/** No rows, and the right types. */
function emptyRelation(table: TableRow): string {
  const columns = (table.StorageDescriptor?.Columns ?? []).map(
    (column) =>
      `NULL::${duckDbType(parseHiveType(column.Type ?? 'string'))} AS ${quoteName(column.Name ?? '')}`,
  )
  return `SELECT ${[...columns, 'NULL::VARCHAR AS filename'].join(', ')} WHERE false`
}

async function fillFiles(
  duck: Duck,
  name: string,
  files: readonly TableFile[],
  table: TableRow,
): Promise<void> {
  const keys = (table.PartitionKeys ?? []).map((key) => `${quoteName(`key ${key.Name ?? ''}`)} VARCHAR`)
  await duck.run(`CREATE TABLE memory.main.${name} (${['path VARCHAR', 'uri VARCHAR', ...keys].join(', ')})`)
  const appender = await duck.connection.createAppender(name, 'main', 'memory')
  for (const file of files) {
    for (const text of [file.path, file.uri, ...file.values]) appender.appendVarchar(text)
    appender.endRow()
  }
  appender.closeSync()
}

/** A partition's value is text in the path; the column has the table's type. Hive writes NULL as a name of its own. */
function partitionColumn(name: string, type: string): string {
  const hive = parseHiveType(type)
  if (hive.kind !== 'scalar')
    throw new SqlFailure(`HIVE_INVALID_METADATA: Partition column ${name} has type ${type}.`)
  const value = `nullif(f.${quoteName(`key ${name}`)}, '__HIVE_DEFAULT_PARTITION__')`
  return `CAST(${value} AS ${duckDbType(hive)}) AS ${quoteName(name)}`
}

function serdeProperties(table: TableRow): Record<string, string> {
  return table.StorageDescriptor?.SerdeInfo?.Parameters ?? {}
}
