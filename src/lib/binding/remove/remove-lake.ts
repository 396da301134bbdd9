import {sdkErrorName} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import type {Change} from '../change'
import {readTableNames} from '../read/read-surroundings'
import type {RemovalContext} from './remove'
import {unlessGone} from '../../aws/unless-gone'

/** Deletes the workgroup with the history of its queries. */
export async function removeWorkgroup({clients, road}: RemovalContext): Promise<void> {
  const {DeleteWorkGroupCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const input = {WorkGroup: road.workgroup.name, RecursiveDeleteOption: true}
  await unlessGone(() => client.send(new DeleteWorkGroupCommand(input)))
}

/** Deletes the table's definition. Its data are objects of the bucket and stay. */
export async function removeTable({clients, road}: RemovalContext, change: Change): Promise<void> {
  const {DeleteTableCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const {database} = road.table
  const name = change.name.slice(database.length + 1)
  await unlessGone(() => client.send(new DeleteTableCommand({DatabaseName: database, Name: name})))
}

/**
 * Deletes the database. Glue deletes its tables with it, so it is looked at once more. Throws `DATABASE_NOT_EMPTY`
 * (service) where somebody has made one meanwhile.
 */
export async function removeDatabase({clients, road}: RemovalContext): Promise<void> {
  const {DeleteDatabaseCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const {name} = road.database
  const tables = await readTableNames(clients, name)
  if (tables.length > 0) {
    throw new OpError(
      'service',
      'DATABASE_NOT_EMPTY',
      `Database ${name} has got a table: ${tables.join(', ')}.`,
    )
  }
  await unlessGone(() => client.send(new DeleteDatabaseCommand({Name: name})))
}

/** Deletes the bucket. S3 refuses that where an object is in it, old versions included. Throws `BUCKET_NOT_EMPTY` (service). */
export async function removeBucket({clients, road}: RemovalContext): Promise<void> {
  const {DeleteBucketCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const {name} = road.bucket
  try {
    const input = {Bucket: name, ExpectedBucketOwner: road.settings.accountId}
    await unlessGone(() => client.send(new DeleteBucketCommand(input)))
  } catch (error) {
    if (sdkErrorName(error) !== 'BucketNotEmpty') throw error
    throw new OpError(
      'service',
      'BUCKET_NOT_EMPTY',
      `Bucket ${name} holds objects or old versions of some.`,
      {
        hint: 'A bucket with data is never deleted.',
        cause: error,
      },
    )
  }
}
