import type {Table} from '@aws-sdk/client-glue'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {layout} from '../../road/layout'
import {readOrAbsent} from '../read/read'
import {readTable, readWorkgroup} from '../read/read-lake'

/** A table by the database that it is in. */
export interface FoundTable {
  database: string
  name: string
}

/**
 * The table over the raw events of a bucket: the one of the usual name in the database that is expected, else the first of any database
 * that lies there, one of the usual name before others. Throws what reading throws.
 */
export async function findTable(
  clients: AwsClients,
  bucket: string,
  expected: string,
): Promise<FoundTable | undefined> {
  const usual = await readTable(clients, expected, layout.rawTable)
  if (usual && liesOver(usual, bucket)) return {database: expected, name: layout.rawTable}
  const found: FoundTable[] = []
  for (const database of await databaseNames(clients)) {
    const tables = (await tablesOf(clients, database)).filter((table) => liesOver(table, bucket))
    found.push(...tables.map((table) => ({database, name: table.Name ?? ''})))
  }
  return found.find(({name}) => name === layout.rawTable) ?? found[0]
}

function liesOver({StorageDescriptor}: Table, bucket: string): boolean {
  return `${StorageDescriptor?.Location ?? ''}/`.startsWith(`s3://${bucket}/${layout.eventsFolder}`)
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

async function tablesOf(clients: AwsClients, database: string): Promise<Table[]> {
  const {GetTablesCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const tables = await readOrAbsent(`list the tables of database ${database}`, () =>
    allItems(
      (token) => client.send(new GetTablesCommand({DatabaseName: database, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.TableList,
    ),
  )
  return tables ?? []
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
