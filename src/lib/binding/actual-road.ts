import type {DeliveryStreamStatus, ExtendedS3DestinationDescription} from '@aws-sdk/client-firehose'
import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {Table} from '@aws-sdk/client-glue'

export interface ActualRole {
  /** Parsed trust policy. */
  trustPolicy: unknown
  /** Parsed inline policy of the name the road gives it; undefined where there is none. */
  policy: unknown
}

export interface ActualStream {
  status: DeliveryStreamStatus | undefined
  failure: string | undefined
  /** `DirectPut` where producers put records themselves. */
  type: string | undefined
  versionId: string
  destinationId: string | undefined
  /** Undefined where the destination is not S3. */
  destination: ExtendedS3DestinationDescription | undefined
}

export interface ActualQueue {
  url: string
  /** Parsed policy; undefined where there is none. */
  policy: unknown
}

export interface ActualWorkgroup {
  state: string | undefined
  outputLocation: string | undefined
  enforced: boolean
}

/** What is really there of a road. A missing resource is undefined. */
export interface ActualRoad {
  bus: {arn: string | undefined} | undefined
  rule: DescribeRuleResponse | undefined
  /** Every target of the rule, ours or not. */
  targets: readonly Target[]
  deliveryRole: ActualRole | undefined
  targetRole: ActualRole | undefined
  stream: ActualStream | undefined
  bucket: {publicAccessBlocked: boolean} | undefined
  queue: ActualQueue | undefined
  database: boolean
  table: Table | undefined
  workgroup: ActualWorkgroup | undefined
  discoverer: {id: string; state: string | undefined} | undefined
}
