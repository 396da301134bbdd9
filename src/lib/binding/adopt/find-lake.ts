import type {Table} from '@aws-sdk/client-glue'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {layout, rawLayouts} from '../../road/layout'
import type {RecordFormat} from '../../road/record-format'
import {readOrAbsent} from '../read/read'
import {readTable, readWorkgroup} from '../read/read-lake'
import {readTables} from '../read/read-surroundings'

/** A table by the database that it is in. */
export interface FoundTable {
  database: string
  name: string
}

/**
 * The table over the raw events of a bucket in one form: the one of the usual name in the database that is expected, else the first of any database
 * that lies there, one of the usual name before others. Throws what reading throws.
 */
export async function findTable(
  clients: AwsClients,
  place: {bucket: string; format: RecordFormat},
  expected: string,
): Promise<FoundTable | undefined> {
  const {folder, table: usualName} = rawLayouts[place.format]
  const lies = (table: Table): boolean => liesOver(table, `s3://${place.bucket}/${folder}`)
  const usual = await readTable(clients, expected, usualName)
  if (usual && lies(usual)) return {database: expected, name: usualName}
  const found: FoundTable[] = []
  for (const database of await databaseNames(clients)) {
    const tables = (await readTables(clients, database)).filter(lies)
    found.push(...tables.map((table) => ({database, name: table.Name ?? ''})))
  }
  return found.find(({name}) => name === usualName) ?? found[0]
}

function liesOver({StorageDescriptor}: Table, folder: string): boolean {
  return `${StorageDescriptor?.Location ?? ''}/`.startsWith(folder)
}

async function databaseNames(clients: AwsClients): Promise<string[]> {
  const {GetDatabasesCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const databases = await readOrAbsent('list the databases', () =>
    allItems(
      (token) => client.send(new GetDatabasesCommand({NextToken: token})),
      (page) => page.NextToken,
      (page) => page.DatabaseList,
    ),
  )
  return (databases ?? []).map(({Name: name}) => name ?? '')
}

/**
 * The workgroup whose answers go into a bucket: the expected one, else the first of all; one whose answers go where `bind-target` sends
 * them before others. Throws what reading throws.
 */
export async function findWorkgroup(
  clients: AwsClients,
  bucket: string,
  expected: string,
): Promise<string | undefined> {
  const inBucket: string[] = []
  for (const name of [expected, ...(await workgroupNames(clients)).filter((one) => one !== expected)]) {
    const location = (await readWorkgroup(clients, name))?.outputLocation ?? ''
    if (`${location}/`.startsWith(`s3://${bucket}/${layout.queryResultsFolder}`)) return name
    if (location.startsWith(`s3://${bucket}/`)) inBucket.push(name)
  }
  return inBucket[0]
}

async function workgroupNames(clients: AwsClients): Promise<string[]> {
  const {ListWorkGroupsCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const groups = await readOrAbsent('list the workgroups', () =>
    allItems(
      (token) => client.send(new ListWorkGroupsCommand({NextToken: token})),
      (page) => page.NextToken,
      (page) => page.WorkGroups,
    ),
  )
  return (groups ?? []).map(({Name: name}) => name ?? '')
}
