import {bindingName, deliveryRoleName, targetRoleName} from './names'
import {layout} from './layout'
import * as policies from './policies'
import {rawTable} from './raw-table'
import type {PolicyDocument, PolicyStatement} from './policies'
import type {TableInput} from './raw-table'
import type {RoadSettings} from './settings'

type Tags = Readonly<Record<string, string>>

export interface RoleResource {
  name: string
  arn: string
  description: string
  trustPolicy: PolicyDocument
  /** The one inline policy of the role. */
  policyName: string
  policy: PolicyDocument
  tags: Tags
}

/** The S3 destination of a delivery stream, in the members and spelling of Firehose's `ExtendedS3DestinationConfiguration`. */
export interface StreamDestination {
  RoleARN: string
  BucketARN: string
  Prefix: string
  ErrorOutputPrefix: string
  BufferingHints: {IntervalInSeconds: number; SizeInMBs: number}
  CompressionFormat: 'GZIP'
  CloudWatchLoggingOptions: {Enabled: boolean}
  ProcessingConfiguration: {
    Enabled: boolean
    Processors: {
      Type: 'AppendDelimiterToRecord'
      Parameters: {ParameterName: 'Delimiter'; ParameterValue: string}[]
    }[]
  }
}

export interface QueueResource {
  name: string
  arn: string
  /** Seconds that a dead letter is kept. */
  retentionSeconds: number
  statement: PolicyStatement
  tags: Tags
}

/** Every resource of the road as plain data: what `bind-target` makes, what reports and checks rely on. */
export interface Road {
  settings: RoadSettings
  bus: {name: string; arn: string; description: string; tags: Tags}
  bucket: {name: string; arn: string; tags: Tags}
  deliveryRole: RoleResource
  stream: {name: string; arn: string; destination: StreamDestination; tags: Tags}
  targetRole: RoleResource
  queue: QueueResource | undefined
  rule: {name: string; bus: string; arn: string; pattern: string; description: string; tags: Tags}
  target: {
    id: string
    arn: string
    roleArn: string
    deadLetterArn: string | undefined
    retryPolicy: {MaximumRetryAttempts: number; MaximumEventAgeInSeconds: number}
  }
  database: {name: string; description: string}
  table: {database: string; input: TableInput}
  workgroup: {name: string; description: string; outputLocation: string; tags: Tags}
  discoverer: {sourceArn: string; description: string; tags: Tags}
}

/** A target is retried for 24 hours and at most 185 times: what EventBridge does when nothing is said. */
export const defaultRetryPolicy = {MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400} as const

/** SQS keeps a message for 14 days at most. */
const deadLetterRetentionSeconds = 1_209_600

/** All resources of the road that `settings` name. Pure: calls nothing; check the names first with `checkSettings`. */
export function roadResources(settings: RoadSettings): Road {
  const tags = {...settings.tags, 'usage-tracker:binding': bindingName(settings)}
  const queue = queueOf(settings, tags)
  const deliveryRole = deliveryRoleOf(settings, tags)
  const targetRole = targetRoleOf(settings, tags)
  const stream = streamOf(settings, deliveryRole.arn, tags)
  return {
    settings,
    bus: {
      name: settings.bus,
      arn: policies.busArnOf(settings),
      description: 'Usage events of all services',
      tags,
    },
    bucket: {name: settings.bucket, arn: policies.bucketArnOf(settings), tags},
    deliveryRole,
    stream,
    targetRole,
    queue,
    rule: {
      name: settings.rule,
      bus: settings.bus,
      arn: policies.ruleArnOf(settings),
      pattern: settings.pattern,
      description: `Usage events to the delivery stream ${settings.stream}`,
      tags,
    },
    target: {
      id: 'usage-tracker-firehose',
      arn: stream.arn,
      roleArn: targetRole.arn,
      deadLetterArn: queue?.arn,
      retryPolicy: {...defaultRetryPolicy},
    },
    ...lakeOf(settings, tags),
    discoverer: {sourceArn: policies.busArnOf(settings), description: 'Schemas of usage events', tags},
  }
}

function deliveryRoleOf(settings: RoadSettings, tags: Tags): RoleResource {
  const name = deliveryRoleName(settings)
  return {
    name,
    arn: policies.roleArnOf(settings, name),
    description: `Lets the delivery stream ${settings.stream} write to the bucket ${settings.bucket}`,
    trustPolicy: policies.deliveryTrustPolicy(settings),
    policyName: 'write-to-bucket',
    policy: policies.deliveryPolicy(settings),
    tags,
  }
}

function targetRoleOf(settings: RoadSettings, tags: Tags): RoleResource {
  const name = targetRoleName(settings)
  return {
    name,
    arn: policies.roleArnOf(settings, name),
    description: `Lets EventBridge put usage events on the delivery stream ${settings.stream}`,
    trustPolicy: policies.targetTrustPolicy(),
    policyName: 'put-on-stream',
    policy: policies.targetPolicy(settings),
    tags,
  }
}

/**
 * Firehose concatenates records without anything between them, and Athena's JSON SerDe reads one object a line: the
 * processor appends the newline. Its value is the two characters `\n`, as Firehose wants it.
 */
function streamOf(settings: RoadSettings, roleArn: string, tags: Tags): Road['stream'] {
  return {
    name: settings.stream,
    arn: policies.streamArnOf(settings),
    tags,
    destination: {
      RoleARN: roleArn,
      BucketARN: policies.bucketArnOf(settings),
      Prefix: layout.eventsPrefix,
      ErrorOutputPrefix: layout.errorsPrefix,
      BufferingHints: {IntervalInSeconds: 900, SizeInMBs: 128},
      CompressionFormat: 'GZIP',
      CloudWatchLoggingOptions: {Enabled: false},
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'AppendDelimiterToRecord',
            Parameters: [{ParameterName: 'Delimiter', ParameterValue: '\\n'}],
          },
        ],
      },
    },
  }
}

function queueOf(settings: RoadSettings, tags: Tags): QueueResource | undefined {
  if (settings.dlq === undefined) return undefined
  const arn = policies.queueArnOf(settings, settings.dlq)
  const statement = policies.queuePolicyStatement(settings, arn)
  return {name: settings.dlq, arn, retentionSeconds: deadLetterRetentionSeconds, statement, tags}
}

function lakeOf(settings: RoadSettings, tags: Tags): Pick<Road, 'database' | 'table' | 'workgroup'> {
  return {
    database: {name: settings.database, description: 'The lake of usage events'},
    table: {database: settings.database, input: rawTable(settings)},
    workgroup: {
      name: settings.workgroup,
      description: 'Queries over usage events',
      outputLocation: `s3://${settings.bucket}/${layout.queryResultsFolder}`,
      tags,
    },
  }
}
