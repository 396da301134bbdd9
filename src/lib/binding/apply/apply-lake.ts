import type {BucketLocationConstraint} from '@aws-sdk/client-s3'
import {sdkErrorName} from '../../aws/map-sdk-error'
import type {ApplyContext} from './apply-context'
import type {Change} from '../change'
import {bucketNotYours} from '../read/read-lake'
import {withMembers} from '../../road/learnt-fields'
import {tagList} from './tag-list'

/** Makes the bucket with its tags, and shuts it to the public. Throws `BUCKET_NOT_YOURS` (denied) where the name is taken. */
export async function applyBucket(context: ApplyContext, change: Change): Promise<void> {
  const {PutPublicAccessBlockCommand} = await import('@aws-sdk/client-s3')
  const client = await context.clients.s3()
  if (change.action === 'create') await createBucket(context)
  await client.send(
    new PutPublicAccessBlockCommand({
      Bucket: context.road.bucket.name,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  )
}

async function createBucket({clients, road}: ApplyContext): Promise<void> {
  const {CreateBucketCommand, PutBucketTaggingCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const {name, tags} = road.bucket
  const {accountId, region} = road.settings
  // S3, CreateBucket: us-east-1 is the one region that must not be named.
  const LocationConstraint = region as BucketLocationConstraint
  const place = region === 'us-east-1' ? {} : {LocationConstraint}
  // The tags come with the call, so that a bucket is never left without them; the second call is for endpoints that pass over them.
  const CreateBucketConfiguration = {...place, Tags: tagList(tags)}
  try {
    await client.send(new CreateBucketCommand({Bucket: name, CreateBucketConfiguration}))
  } catch (error) {
    if (sdkErrorName(error) === 'BucketAlreadyExists') throw bucketNotYours(error, name, accountId)
    if (sdkErrorName(error) !== 'BucketAlreadyOwnedByYou') throw error
  }
  await client.send(new PutBucketTaggingCommand({Bucket: name, Tagging: {TagSet: tagList(tags)}}))
}

/** Makes the Glue database. */
export async function applyDatabase({clients, road}: ApplyContext): Promise<void> {
  const {CreateDatabaseCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const {name, description} = road.database
  await client.send(new CreateDatabaseCommand({DatabaseInput: {Name: name, Description: description}}))
}

/** Makes the raw table or replaces its definition; parameters that others have put on it stay, and so do members of the detail that were learnt. */
export async function applyTable({clients, road, actual}: ApplyContext, change: Change): Promise<void> {
  const {CreateTableCommand, UpdateTableCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const {database, input} = road.table
  if (change.action === 'create') {
    await client.send(new CreateTableCommand({DatabaseName: database, TableInput: input}))
    return
  }
  const Parameters = {...actual.table?.Parameters, ...input.Parameters}
  const Columns = withMembers(input.StorageDescriptor.Columns, actual.table?.StorageDescriptor?.Columns)
  const StorageDescriptor = {...input.StorageDescriptor, Columns}
  const TableInput = {...input, StorageDescriptor, Parameters}
  await client.send(new UpdateTableCommand({DatabaseName: database, TableInput}))
}

/** Makes the Athena workgroup, or sends its results to the bucket and holds queries to that. */
export async function applyWorkgroup({clients, road}: ApplyContext, change: Change): Promise<void> {
  const {CreateWorkGroupCommand, UpdateWorkGroupCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const {name, description, outputLocation: OutputLocation, tags} = road.workgroup
  if (change.action === 'create') {
    await client.send(
      new CreateWorkGroupCommand({
        Name: name,
        Description: description,
        Configuration: {EnforceWorkGroupConfiguration: true, ResultConfiguration: {OutputLocation}},
        Tags: tagList(tags),
      }),
    )
    return
  }
  await client.send(
    new UpdateWorkGroupCommand({
      WorkGroup: name,
      ConfigurationUpdates: {
        EnforceWorkGroupConfiguration: true,
        ResultConfigurationUpdates: {OutputLocation},
      },
      ...(change.fields?.includes('state') && {State: 'ENABLED'}),
    }),
  )
}
