import {parseArn} from '../core/arn'
import {busAccessOf} from './bus-access'
import type {BusAccess} from './bus-access'
import {archiveName, bindingName, bindingTag, deliveryRoleName, queuePolicySid, targetRoleName} from './names'
import {layout} from './layout'
import * as policies from './policies'
import {rawTable} from './raw-table'
import {destinationOf} from './delivery-stream'
import type {StreamDestination} from './delivery-stream'
import {defaultRecordFormat} from './record-format'
import type {RecordFormat} from './record-format'
import type {PolicyDocument, PolicyStatement} from './policies'
import type {TableInput} from './raw-table'
import type {RoadSettings} from './settings'
import {findKind} from './targets/find-kind'
import {letIntoQueue} from './targets/sqs'
import {firehose} from './targets/firehose'
import type {TargetKind} from './targets/target-kind'

type Tags = Readonly<Record<string, string>>

export interface RoleResource {
  name: string
  arn: string
  description: string
  trustPolicy: PolicyDocument
  /** The one inline policy of the role. */
  policyName: string
  policy: PolicyDocument
  /** ARN of its permissions boundary, where one is asked for. */
  permissionsBoundary: string | undefined
  tags: Tags
}

export interface QueueResource {
  name: string
  arn: string
  /** Seconds that a dead letter is kept. */
  retentionSeconds: number
  statement: PolicyStatement
  tags: Tags
}

/** What lets EventBridge send to a target as itself: statements in the policy of a queue, a function or the account's logs. */
export interface GrantResource {
  resource: 'queue-policy' | 'resource-policy'
  /** Of the queue or function; of a log group, the name of the policy. */
  name: string
  statements: readonly PolicyStatement[]
}

/** What a target gets in place of the whole event, in the members and spelling of EventBridge's `Target`; empty where it gets that. */
export interface TargetInput {
  InputPath?: string
  InputTransformer?: {InputTemplate: string; InputPathsMap?: Readonly<Record<string, string>>}
}

export interface ArchiveResource {
  name: string
  description: string
  pattern: string
  /** 0: for ever. */
  retentionDays: number
  sourceArn: string
}

/** Every resource of the road as plain data: what `bind-target` makes, what reports and checks rely on. */
export interface Road {
  settings: RoadSettings
  /** What kind of thing the target is. */
  kind: TargetKind
  /**
   * True where the target is a delivery stream into the lake. Else bucket, delivery role, stream, database, table and
   * workgroup say what the settings name, but are not part of this road: nothing reads or makes them.
   */
  hasLake: boolean
  /** In what form the stream writes raw objects. */
  recordFormat: RecordFormat
  bus: {name: string; arn: string; description: string; tags: Tags}
  /** Undefined where nothing is said of it: what is there stays. */
  busAccess: BusAccess | undefined
  archive: ArchiveResource | undefined
  bucket: {name: string; arn: string; tags: Tags}
  deliveryRole: RoleResource
  stream: {name: string; arn: string; destination: StreamDestination; tags: Tags}
  targetRole: RoleResource
  /** False where the target takes no role or is handed one that is there: then `targetRole` is not part of this road. */
  hasTargetRole: boolean
  /** Undefined where EventBridge sends as a role. */
  grant: GrantResource | undefined
  queue: QueueResource | undefined
  rule: {
    name: string
    bus: string
    arn: string
    pattern: string
    description: string
    /** False: the description is given to a new rule, and another one is left alone. */
    describes: boolean
    tags: Tags
  }
  target: {
    id: string
    /** Name of the stream, queue, bus, log group, function, state machine or API destination. */
    name: string
    arn: string
    roleArn: string | undefined
    deadLetterArn: string | undefined
    retryPolicy: {MaximumRetryAttempts: number; MaximumEventAgeInSeconds: number}
    input: TargetInput
  }
  database: {name: string; description: string}
  table: {database: string; input: TableInput}
  /** The table over raw objects of the other form, which the stream may have written before. Nothing makes it. */
  formerTable: {database: string; input: TableInput}
  workgroup: {name: string; description: string; outputLocation: string; tags: Tags}
  discoverer: {sourceArn: string; description: string; tags: Tags}
}

/** A target is retried for 24 hours and at most 185 times: what EventBridge does when nothing is said. */
export const defaultRetryPolicy = {MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400} as const

/** SQS keeps a message for 14 days at most. */
const deadLetterRetentionSeconds = 1_209_600

/** All resources of the road that `settings` name. Pure: calls nothing; check the names first with `checkSettings`. */
export function roadResources(settings: RoadSettings): Road {
  const tags = {...settings.tags, [bindingTag]: bindingName(settings)}
  const queue = queueOf(settings, tags)
  const deliveryRole = deliveryRoleOf(settings, tags)
  const to = targetOf(settings)
  const targetRole = targetRoleOf(settings, to, tags)
  const hasTargetRole = to.kind.role !== undefined && settings.roleArn === undefined
  return {
    settings,
    kind: to.kind,
    hasLake: to.kind === firehose,
    recordFormat: settings.recordFormat ?? defaultRecordFormat,
    bus: {
      name: settings.bus,
      arn: policies.busArnOf(settings),
      description: 'Usage events of all services',
      tags,
    },
    busAccess: busAccessOf(settings),
    archive: archiveOf(settings),
    bucket: {name: settings.bucket, arn: policies.bucketArnOf(settings), tags},
    deliveryRole,
    stream: streamOf(settings, deliveryRole.arn, tags),
    targetRole,
    hasTargetRole,
    grant: grantOf(settings, to),
    queue,
    rule: {
      name: settings.rule,
      bus: settings.bus,
      arn: policies.ruleArnOf(settings),
      pattern: settings.pattern,
      description: settings.description ?? `Usage events to the ${to.kind.words} ${to.name}`,
      describes: settings.description !== undefined,
      tags,
    },
    target: {
      id: `usage-tracker-${to.kind.name}`,
      name: to.name,
      arn: to.arn,
      roleArn: hasTargetRole ? targetRole.arn : settings.roleArn,
      deadLetterArn: queue?.arn,
      retryPolicy: retryPolicyOf(settings),
      input: inputOf(settings),
    },
    ...lakeOf(settings, tags),
    discoverer: {sourceArn: policies.busArnOf(settings), description: 'Schemas of usage events', tags},
  }
}

function retryPolicyOf({retryAttempts, maxEventAgeSeconds}: RoadSettings): Road['target']['retryPolicy'] {
  return {
    MaximumRetryAttempts: retryAttempts ?? defaultRetryPolicy.MaximumRetryAttempts,
    MaximumEventAgeInSeconds: maxEventAgeSeconds ?? defaultRetryPolicy.MaximumEventAgeInSeconds,
  }
}

function inputOf({inputPath, inputTemplate, inputMap}: RoadSettings): TargetInput {
  if (inputPath !== undefined) return {InputPath: inputPath}
  if (inputTemplate === undefined) return {}
  return {
    InputTransformer: {InputTemplate: inputTemplate, ...(inputMap && {InputPathsMap: inputMap})},
  }
}

function archiveOf(settings: RoadSettings): ArchiveResource | undefined {
  if (settings.archiveDays === undefined) return undefined
  return {
    name: archiveName(settings),
    description: `Usage events of rule ${settings.rule}`,
    pattern: settings.pattern,
    retentionDays: settings.archiveDays,
    sourceArn: policies.busArnOf(settings),
  }
}

interface Destination {
  kind: TargetKind
  name: string
  arn: string
}

/** What the rule sends to. An ARN of no kind that can be bound does not come here: `choose-bindings` refuses it. */
function targetOf(settings: RoadSettings): Destination {
  const {targetArn} = settings
  const found = targetArn === undefined ? undefined : findKind(parseArn(targetArn))
  if (targetArn === undefined || !found) {
    return {kind: firehose, name: settings.stream, arn: policies.streamArnOf(settings)}
  }
  return {...found, arn: targetArn}
}

function grantOf(settings: RoadSettings, {kind, name, arn}: Destination): GrantResource | undefined {
  if (!kind.grant) return undefined
  const sid = queuePolicySid(settings)
  const statements = kind.grant.statements({sid, targetArn: arn, ruleArn: policies.ruleArnOf(settings)})
  return {resource: kind.grant.resource, name: kind.name === 'log-group' ? sid : name, statements}
}

function deliveryRoleOf(settings: RoadSettings, tags: Tags): RoleResource {
  const name = deliveryRoleName(settings)
  return {
    name,
    arn: policies.roleArnOf(settings, name),
    description: `Lets the delivery stream ${settings.stream} write to the bucket ${settings.bucket}`,
    trustPolicy: policies.deliveryTrustPolicy(settings),
    permissionsBoundary: settings.permissionsBoundary,
    policyName: 'write-to-bucket',
    policy: policies.deliveryPolicy(settings),
    tags,
  }
}

function targetRoleOf(
  settings: RoadSettings,
  {kind, name: target, arn}: Destination,
  tags: Tags,
): RoleResource {
  const name = targetRoleName(settings)
  const use = kind.role
  return {
    name,
    arn: policies.roleArnOf(settings, name),
    description: `Lets EventBridge ${use?.purpose(target) ?? `send usage events to the ${kind.words} ${target}`}`,
    trustPolicy: policies.targetTrustPolicy(),
    permissionsBoundary: settings.permissionsBoundary,
    policyName: use?.policyName ?? 'send-to-target',
    policy: policies.document(...(use ? [use.policy(arn)] : [])),
    tags,
  }
}

function streamOf(settings: RoadSettings, roleArn: string, tags: Tags): Road['stream'] {
  const {stream: name} = settings
  return {name, arn: policies.streamArnOf(settings), destination: destinationOf(settings, roleArn), tags}
}

function queueOf(settings: RoadSettings, tags: Tags): QueueResource | undefined {
  if (settings.dlq === undefined) return undefined
  const arn = policies.queueArnOf(settings, settings.dlq)
  const ruleArn = policies.ruleArnOf(settings)
  const statement = letIntoQueue({sid: queuePolicySid(settings), targetArn: arn, ruleArn})
  return {name: settings.dlq, arn, retentionSeconds: deadLetterRetentionSeconds, statement, tags}
}

function lakeOf(
  settings: RoadSettings,
  tags: Tags,
): Pick<Road, 'database' | 'table' | 'formerTable' | 'workgroup'> {
  const {database} = settings
  const formerFormat = settings.recordFormat === 'parquet' ? 'json' : 'parquet'
  return {
    database: {name: database, description: 'The lake of usage events'},
    table: {database, input: rawTable(settings)},
    formerTable: {database, input: rawTable({...settings, recordFormat: formerFormat})},
    workgroup: {
      name: settings.workgroup,
      description: 'Queries over usage events',
      outputLocation: `s3://${settings.bucket}/${layout.queryResultsFolder}`,
      tags,
    },
  }
}
