import type {DeliveryStreamStatus, ExtendedS3DestinationDescription} from '@aws-sdk/client-firehose'
import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {Table} from '@aws-sdk/client-glue'

export type TagSet = Readonly<Record<string, string>>

/** Tags of what is there of a road. A resource that is not there, or whose tags its service cannot tell, has none here. */
export interface RoadTags {
  bus?: TagSet | undefined
  rule?: TagSet | undefined
  stream?: TagSet | undefined
  deliveryRole?: TagSet | undefined
  targetRole?: TagSet | undefined
  queue?: TagSet | undefined
  /** Of a queue that is the target. */
  target?: TagSet | undefined
  workgroup?: TagSet | undefined
  discoverer?: TagSet | undefined
  bucket?: TagSet | undefined
}

export interface ActualRole {
  /** Parsed trust policy. */
  trustPolicy: unknown
  permissionsBoundary?: string | undefined
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
  description?: string | undefined
  state: string | undefined
  outputLocation: string | undefined
  enforced: boolean
}

export interface ActualArchive {
  pattern: string | undefined
  retentionDays: number
}

/** The target of a road without a lake, which must be there before it is bound. */
export interface ActualTarget {
  /** Why it cannot be sent to now, as its service puts it: `is CREATING`. */
  trouble?: string | undefined
  /** The parsed policy that lets EventBridge in, where the kind has one. */
  policy?: unknown
  /** Of a queue. */
  url?: string | undefined
}

/** What is really there of a road. A missing resource is undefined. */
export interface ActualRoad {
  /** With its parsed policy. */
  bus: {arn: string | undefined; description?: string | undefined; policy?: unknown} | undefined
  archive?: ActualArchive | undefined
  rule: DescribeRuleResponse | undefined
  /** Every target of the rule, ours or not. */
  targets: readonly Target[]
  deliveryRole: ActualRole | undefined
  targetRole: ActualRole | undefined
  stream: ActualStream | undefined
  bucket: {publicAccessBlocked: boolean} | undefined
  queue: ActualQueue | undefined
  /** Absent where the target is a delivery stream. */
  target?: ActualTarget | undefined
  database: boolean
  table: Table | undefined
  formerTable?: Table | undefined
  workgroup: ActualWorkgroup | undefined
  discoverer: {id: string; state: string | undefined} | undefined
  /** The endpoint does not have EventBridge Schemas: there is no discoverer, and none can be made. */
  lacksSchemas?: boolean
  tags?: RoadTags | undefined
}
