import type {GlueClient, Table} from '@aws-sdk/client-glue'
import {toOpError} from '../aws/map-sdk-error'

/** Puts a table, as Glue answered it and with what was changed of it, in the place of the one of its name. Throws what Glue refuses. */
export async function updateTable(glue: GlueClient, database: string, table: Table): Promise<void> {
  const {UpdateTableCommand} = await import('@aws-sdk/client-glue')
  // Glue refuses what it adds itself: times, owner, version.
  const {Name, Description, TableType, PartitionKeys, StorageDescriptor, Parameters} = table
  const TableInput = {Name, Description, TableType, PartitionKeys, StorageDescriptor, Parameters}
  try {
    await glue.send(new UpdateTableCommand({DatabaseName: database, TableInput}))
  } catch (error) {
    throw toOpError(error, `change table ${database}.${Name}`)
  }
}
