import {schemaActions, schemaArnsOf} from '../../road/policies'
import type {Road} from '../../road/road'
import type {Check, DoctorContext} from '../check'
import type {RoleUse} from '../policy/role-verdict'
import {roleFinding} from './role-findings'

/** The role that Firehose converts with and writes to the bucket with ("Grant Firehose access to an Amazon S3 destination"). */
export const deliveryRole: Check = {
  hop: 'delivery-role',
  after: ['credentials'],
  permissions: [
    ...['firehose:DescribeDeliveryStream', 'iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy'],
    ...['iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  ],
  run: async (context) => {
    const arn = await deliveryRoleArn(context)
    const converts = context.road.recordFormat === 'parquet'
    return roleFinding({
      arn,
      role: await context.reads.role(arn),
      use: deliveryRoleUse(context),
      loss: converts
        ? 'Firehose cannot convert events or cannot write them, and they do not come into the table'
        : 'Firehose cannot write to the bucket, and gives up after 24 hours',
      vital: ['s3:PutObject', ...schemaActions],
      ownPolicy: context.road.deliveryRole.policyName,
      commands: context.commands,
    })
  },
}

/** The role that the stream uses; where there is no stream, the one that binding would give it. */
export async function deliveryRoleArn({reads, road}: DoctorContext): Promise<string> {
  const stream = await reads.stream()
  return stream?.destination?.RoleARN ?? road.deliveryRole.arn
}

/** What Firehose does with the role. It passes the account as external id. */
export function deliveryRoleUse({road}: DoctorContext): RoleUse {
  const bucket = road.bucket.arn
  const onBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads']
  const onObjects = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject']
  return {
    service: 'firehose.amazonaws.com',
    trustContext: {
      'sts:ExternalId': road.settings.accountId,
      'aws:SourceAccount': road.settings.accountId,
      'aws:SourceArn': road.stream.arn,
    },
    needs: [
      ...onBucket.map((action) => ({action, resource: bucket})),
      ...onObjects.map((action) => ({action, resource: `${bucket}/events/object`})),
      ...(road.recordFormat === 'parquet' ? schemaNeeds(road) : []),
    ],
  }
}

/** What a conversion does to learn its columns. */
function schemaNeeds({settings}: Road): RoleUse['needs'] {
  return schemaActions.flatMap((action) => schemaArnsOf(settings).map((resource) => ({action, resource})))
}
