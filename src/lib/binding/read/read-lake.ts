import type {Table} from '@aws-sdk/client-glue'
import type {AwsClients} from '../../aws/clients'
import {isDenied, sdkErrorName} from '../../aws/map-sdk-error'
import {OpError, messageOf} from '../../core/errors'
import type {RoadSettings} from '../../road/settings'
import type {ActualWorkgroup} from './actual-road'
import {readOrAbsent} from './read'

/**
 * The bucket of this name, if the account owns it. Bucket names are shared by all accounts, so the owner is asked for
 * with every look. Throws `BUCKET_NOT_YOURS` (denied) and `BUCKET_ELSEWHERE` (usage): a bucket of another region.
 */
export async function readBucket(
  clients: AwsClients,
  name: string,
  settings: Pick<RoadSettings, 'accountId' | 'region'>,
): Promise<{publicAccessBlocked: boolean} | undefined> {
  const {HeadBucketCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const head = new HeadBucketCommand({Bucket: name, ExpectedBucketOwner: settings.accountId})
  const found = await readOrAbsent(`read bucket ${name}`, async () => {
    try {
      return await client.send(head)
    } catch (error) {
      throw bucketTrouble(error, name, settings)
    }
  })
  return found && {publicAccessBlocked: await isPublicAccessBlocked(clients, name)}
}

/** What S3 means by refusing a HEAD request, which has a status and no words; any other error comes back as it is. */
function bucketTrouble(
  error: unknown,
  name: string,
  settings: Pick<RoadSettings, 'accountId' | 'region'>,
): unknown {
  if (statusOf(error) === 301) {
    return new OpError(
      'usage',
      'BUCKET_ELSEWHERE',
      `Bucket ${name} is in another region than ${settings.region}.`,
      {hint: 'Name another bucket with --bucket, or the bucket’s own region with --region.', cause: error},
    )
  }
  return isDenied(error) ? bucketNotYours(error, name, settings.accountId) : error
}

/** The error for a bucket name that another account has. */
export function bucketNotYours(cause: unknown, name: string, accountId: string): OpError {
  return new OpError(
    'denied',
    'BUCKET_NOT_YOURS',
    `Bucket ${name} belongs to another account than ${accountId}, or you may not read it.`,
    {hint: 'Bucket names are shared by all accounts: name another one with --bucket.', cause},
  )
}

function statusOf(error: unknown): number | undefined {
  return (error as {$metadata?: {httpStatusCode?: number}} | undefined)?.$metadata?.httpStatusCode
}

async function isPublicAccessBlocked(clients: AwsClients, bucket: string): Promise<boolean> {
  const {GetPublicAccessBlockCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const answer = await readOrAbsent(`read the public access block of bucket ${bucket}`, () =>
    client.send(new GetPublicAccessBlockCommand({Bucket: bucket})),
  )
  const block = answer?.PublicAccessBlockConfiguration
  return (
    block?.BlockPublicAcls === true &&
    block.BlockPublicPolicy === true &&
    block.IgnorePublicAcls === true &&
    block.RestrictPublicBuckets === true
  )
}

/** Whether the Glue database is there. */
export async function readDatabase(clients: AwsClients, name: string): Promise<boolean> {
  const {GetDatabaseCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const found = await readOrAbsent(`read database ${name}`, () =>
    client.send(new GetDatabaseCommand({Name: name})),
  )
  return found !== undefined
}

/** The Glue table of this name. */
export async function readTable(
  clients: AwsClients,
  database: string,
  name: string,
): Promise<Table | undefined> {
  const {GetTableCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const found = await readOrAbsent(`read table ${database}.${name}`, () =>
    client.send(new GetTableCommand({DatabaseName: database, Name: name})),
  )
  return found?.Table
}

/** The Athena workgroup. Athena has no error of its own for a missing one: InvalidRequestException, "WorkGroup x is not found." */
export async function readWorkgroup(clients: AwsClients, name: string): Promise<ActualWorkgroup | undefined> {
  const {GetWorkGroupCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const found = await readOrAbsent(
    `read workgroup ${name}`,
    () => client.send(new GetWorkGroupCommand({WorkGroup: name})),
    (error) => sdkErrorName(error) === 'InvalidRequestException' && /not found/i.test(messageOf(error)),
  )
  // Other endpoints answer without words of a workgroup where there is none.
  const workgroup = found?.WorkGroup
  return (
    workgroup && {
      description: workgroup.Description,
      state: workgroup.State,
      outputLocation: workgroup.Configuration?.ResultConfiguration?.OutputLocation,
      enforced: workgroup.Configuration?.EnforceWorkGroupConfiguration === true,
    }
  )
}
