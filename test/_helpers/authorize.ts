import type {RecordedCall} from './calls'

/** One thing that IAM decides about a call. */
export interface Question {
  action: string
  resource: string
  context?: Record<string, string>
}

/** The place of a call, to write ARNs with. */
class Place {
  constructor(
    private readonly region: string,
    readonly account = '000000000000',
  ) {}

  private get partition(): string {
    return this.region.startsWith('cn-') ? 'aws-cn' : 'aws'
  }

  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`
  }

  global(service: string, resource: string, account = this.account): string {
    return `arn:${this.partition}:${service}::${account}:${resource}`
  }
}

/** Input members that name something, as the call has them. */
class Names {
  constructor(private readonly names: Record<string, unknown>) {}

  text(...path: string[]): string {
    const found = this.at(path)
    if (typeof found !== 'string') throw new Error(`no ${path.join('.')} in ${JSON.stringify(this.names)}`)
    return found
  }

  maybe(...path: string[]): string | undefined {
    const found = this.at(path)
    return typeof found === 'string' ? found : undefined
  }

  list(...path: string[]): Names[] {
    const found = this.at(path)
    return Array.isArray(found) ? found.map((item) => new Names(item as Record<string, unknown>)) : []
  }

  texts(key: string): string[] {
    const found = this.names[key]
    return Array.isArray(found) ? (found as string[]) : []
  }

  private at(path: string[]): unknown {
    return path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      this.names,
    )
  }
}

/** What a call asks of IAM beside the action of its own name, or in its place. */
type Rule = (names: Names, place: Place) => Question[]

const on =
  (action: string, resource: (names: Names, place: Place) => string | string[]): Rule =>
  (names, place) =>
    [resource(names, place)].flat().map((one) => ({action, resource: one}))

const nowhere = () => '*'
const all =
  (...rules: Rule[]): Rule =>
  (names, place) =>
    rules.flatMap((rule) => rule(names, place))

const bus = (names: Names, place: Place, key = 'Name') => place.arn('events', `event-bus/${names.text(key)}`)

function rule(names: Names, place: Place, key = 'Name'): string {
  const busName = names.maybe('EventBusName') ?? 'default'
  return place.arn('events', `rule/${busName === 'default' ? '' : `${busName}/`}${names.text(key)}`)
}

const replay = (names: Names, place: Place) => place.arn('events', `replay/${names.text('ReplayName')}`)

const role = (names: Names, place: Place) => place.global('iam', `role/${names.text('RoleName')}`)
const stream = (names: Names, place: Place) =>
  place.arn('firehose', `deliverystream/${names.text('DeliveryStreamName')}`)
const bucket = (names: Names) => `arn:aws:s3:::${names.text('Bucket')}`
const object = (names: Names) => `${bucket(names)}/${names.text('Key')}`
const queueName = (names: Names, place: Place) => place.arn('sqs', names.text('QueueName'))
const queueUrl = (names: Names, place: Place) =>
  place.arn('sqs', names.text('QueueUrl').split('/').at(-1) ?? '')
const workgroup = (key: string) => (names: Names, place: Place) =>
  place.arn('athena', `workgroup/${names.text(key)}`)
const discoverer = (names: Names, place: Place) =>
  place.arn('schemas', `discoverer/${names.text('DiscovererId')}`)
const schema = (names: Names, place: Place) =>
  place.arn('schemas', `schema/${names.text('RegistryName')}/${names.maybe('SchemaName') ?? 'any'}`)
const registry = (names: Names, place: Place) =>
  place.arn('schemas', `registry/${names.text('RegistryName')}`)
const policy = (names: Names) => names.text('PolicyArn')

const catalog = (names: Names, place: Place, ...rest: string[]) => [
  place.arn('glue', 'catalog'),
  ...rest.map((resource) => place.arn('glue', resource)),
]
const database = (name: (names: Names) => string) => (names: Names, place: Place) =>
  catalog(names, place, `database/${name(names)}`)
const table = (name: (names: Names) => string) => (names: Names, place: Place) => {
  const databaseName = names.text('DatabaseName')
  return catalog(names, place, `database/${databaseName}`, `table/${databaseName}/${name(names)}`)
}

const glueJob = (names: Names, place: Place) => place.arn('glue', `job/${names.text('JobName')}`)
const workflow = (names: Names, place: Place) => place.arn('glue', `workflow/${names.text('Name')}`)

const passing =
  (service: string, roles: (names: Names) => (string | undefined)[]): Rule =>
  (names) =>
    roles(names).flatMap((resource) =>
      resource === undefined
        ? []
        : [{action: 'iam:PassRole', resource, context: {'iam:PassedToService': service}}],
    )

/** What a discoverer does about its rule (AmazonEventBridgeSchemasFullAccess), named as the service does. */
const discovererRule =
  (...actions: string[]): Rule =>
  (names, place) => {
    const busName =
      /event-bus[/-](.+)$/.exec(names.maybe('SourceArn') ?? names.text('DiscovererId'))?.[1] ?? ''
    const path = busName === 'default' ? '' : `${busName}/`
    const resource = place.arn('events', `rule/${path}Schemas-events-event-bus-${busName}`)
    return actions.map((action) => ({action: `events:${action}`, resource}))
  }

const linkedRole: Rule = (_, place) => [
  {
    action: 'iam:CreateServiceLinkedRole',
    resource: place.global('iam', 'role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas'),
    context: {'iam:AWSServiceName': 'schemas.amazonaws.com'},
  },
]

/**
 * What IAM decides for each operation: the operations tables of the Service Authorization Reference, and, where these are silent, the
 * user guides of the services. Written from them and from nothing of the tool, so that it can be held against the tool's own list.
 */
const rules: Readonly<Record<string, Rule>> = {
  'EventBridge.CancelReplay': on('events:CancelReplay', replay),
  'EventBridge.CreateArchive': on('events:CreateArchive', (names, place) => [
    place.arn('events', `archive/${names.text('ArchiveName')}`),
    names.text('EventSourceArn'),
  ]),
  'EventBridge.CreateEventBus': all(on('events:CreateEventBus', bus), on('events:TagResource', bus)),
  'EventBridge.DeleteEventBus': on('events:DeleteEventBus', bus),
  'EventBridge.DeleteRule': on('events:DeleteRule', rule),
  'EventBridge.DescribeApiDestination': on('events:DescribeApiDestination', (names, place) => [
    place.arn('events', `api-destination/${names.text('Name')}`),
    place.arn('events', `api-destination/${names.text('Name')}/any`),
    place.arn('events', 'connection/any/any'),
  ]),
  'EventBridge.DescribeArchive': on('events:DescribeArchive', (names, place) =>
    place.arn('events', `archive/${names.text('ArchiveName')}`),
  ),
  'EventBridge.DescribeReplay': on('events:DescribeReplay', replay),
  'EventBridge.DescribeEventBus': on('events:DescribeEventBus', bus),
  'EventBridge.DescribeRule': on('events:DescribeRule', rule),
  'EventBridge.ListArchives': on('events:ListArchives', nowhere),
  'EventBridge.ListEventBuses': on('events:ListEventBuses', nowhere),
  'EventBridge.ListRuleNamesByTarget': on('events:ListRuleNamesByTarget', nowhere),
  'EventBridge.ListRules': on('events:ListRules', nowhere),
  'EventBridge.ListTagsForResource': on('events:ListTagsForResource', (names) => names.text('ResourceARN')),
  'EventBridge.ListTargetsByRule': on('events:ListTargetsByRule', (names, place) =>
    rule(names, place, 'Rule'),
  ),
  'EventBridge.PutEvents': on('events:PutEvents', (names, place) => [
    ...new Set(names.list('Entries').map((entry) => bus(entry, place, 'EventBusName'))),
  ]),
  'EventBridge.PutPermission': on('events:PutPermission', nowhere),
  // Tags are given to a new rule, and a changed one has them already; AWS asks for both where a call has tags.
  'EventBridge.PutRule': all(on('events:PutRule', rule), (names, place) =>
    names.list('Tags').length > 0 ? [{action: 'events:TagResource', resource: rule(names, place)}] : [],
  ),
  'EventBridge.PutTargets': all(
    on('events:PutTargets', (names, place) => rule(names, place, 'Rule')),
    passing('events.amazonaws.com', (names) => names.list('Targets').map((one) => one.maybe('RoleArn'))),
  ),
  'EventBridge.RemovePermission': on('events:RemovePermission', nowhere),
  'EventBridge.RemoveTargets': on('events:RemoveTargets', (names, place) => rule(names, place, 'Rule')),
  'EventBridge.StartReplay': on('events:StartReplay', (names, place) => [
    names.text('EventSourceArn'),
    names.text('Destination', 'Arn'),
    replay(names, place),
  ]),
  'EventBridge.TagResource': on('events:TagResource', (names) => names.text('ResourceARN')),
  'EventBridge.TestEventPattern': on('events:TestEventPattern', nowhere),
  'EventBridge.UpdateArchive': on('events:UpdateArchive', (names, place) =>
    place.arn('events', `archive/${names.text('ArchiveName')}`),
  ),

  'Schemas.CreateDiscoverer': all(
    on('schemas:CreateDiscoverer', nowhere),
    on('schemas:TagResource', (_, place) => place.arn('schemas', 'discoverer/any')),
    discovererRule('PutRule', 'PutTargets', 'EnableRule', 'ListTargetsByRule'),
    linkedRole,
  ),
  'Schemas.DeleteDiscoverer': all(
    on('schemas:DeleteDiscoverer', discoverer),
    discovererRule('DisableRule', 'RemoveTargets', 'DeleteRule', 'ListTargetsByRule'),
  ),
  'Schemas.DescribeSchema': on('schemas:DescribeSchema', schema),
  'Schemas.ExportSchema': on('schemas:ExportSchema', (names, place) => [
    place.arn('schemas', `registry/${names.text('RegistryName')}`),
    schema(names, place),
  ]),
  'Schemas.ListDiscoverers': on('schemas:ListDiscoverers', (_, place) =>
    place.arn('schemas', 'discoverer/any'),
  ),
  'Schemas.ListRegistries': on('schemas:ListRegistries', (_, place) => place.arn('schemas', 'registry/any')),
  'Schemas.ListSchemas': on('schemas:ListSchemas', schema),
  'Schemas.ListSchemaVersions': on('schemas:ListSchemaVersions', schema),
  'Schemas.CreateRegistry': on('schemas:CreateRegistry', registry),
  'Schemas.CreateSchema': on('schemas:CreateSchema', schema),
  'Schemas.StopDiscoverer': all(on('schemas:StopDiscoverer', discoverer), discovererRule('DisableRule')),
  'Schemas.TagResource': on('schemas:TagResource', (names) => names.text('ResourceArn')),
  'Schemas.UpdateSchema': on('schemas:UpdateSchema', schema),
  'Schemas.ListTagsForResource': on('schemas:ListTagsForResource', (names) => names.text('ResourceArn')),
  'Schemas.StartDiscoverer': all(
    on('schemas:StartDiscoverer', discoverer),
    discovererRule('PutRule', 'PutTargets', 'EnableRule', 'ListTargetsByRule'),
  ),

  'Firehose.CreateDeliveryStream': all(
    on('firehose:CreateDeliveryStream', stream),
    on('firehose:TagDeliveryStream', stream),
    passing('firehose.amazonaws.com', (names) => [
      names.text('ExtendedS3DestinationConfiguration', 'RoleARN'),
    ]),
  ),
  'Firehose.DeleteDeliveryStream': on('firehose:DeleteDeliveryStream', stream),
  'Firehose.DescribeDeliveryStream': on('firehose:DescribeDeliveryStream', stream),
  'Firehose.ListDeliveryStreams': on('firehose:ListDeliveryStreams', nowhere),
  'Firehose.ListTagsForDeliveryStream': on('firehose:ListTagsForDeliveryStream', stream),
  'Firehose.TagDeliveryStream': on('firehose:TagDeliveryStream', stream),
  'Firehose.UpdateDestination': all(
    on('firehose:UpdateDestination', stream),
    passing('firehose.amazonaws.com', (names) => [names.text('ExtendedS3DestinationUpdate', 'RoleARN')]),
  ),

  'S3.CopyObject': all(
    // The source stands in a header, which is not among the names: the tool copies events aside, and nothing else.
    on('s3:GetObject', (names) => object(names).replace('/broken/', '/events/')),
    on('s3:PutObject', object),
  ),
  'S3.CreateBucket': all(on('s3:CreateBucket', bucket), on('s3:TagResource', bucket)),
  'S3.DeleteBucket': on('s3:DeleteBucket', bucket),
  'S3.GetBucketTagging': on('s3:GetBucketTagging', bucket),
  'S3.GetObject': on('s3:GetObject', object),
  'S3.GetPublicAccessBlock': on('s3:GetBucketPublicAccessBlock', bucket),
  'S3.DeleteObject': on('s3:DeleteObject', object),
  'S3.DeleteObjects': on('s3:DeleteObject', (names) =>
    names.list('Delete', 'Objects').map((one) => `${bucket(names)}/${one.text('Key')}`),
  ),
  'S3.GetBucketVersioning': on('s3:GetBucketVersioning', bucket),
  'S3.HeadObject': on('s3:GetObject', object),
  'S3.HeadBucket': on('s3:ListBucket', bucket),
  'S3.ListObjectsV2': on('s3:ListBucket', bucket),
  'S3.PutBucketTagging': on('s3:PutBucketTagging', bucket),
  'S3.PutObject': on('s3:PutObject', object),
  'S3.PutPublicAccessBlock': on('s3:PutBucketPublicAccessBlock', bucket),

  'Glue.CreateDatabase': on(
    'glue:CreateDatabase',
    database((names) => names.text('DatabaseInput', 'Name')),
  ),
  'Glue.CreateTable': on(
    'glue:CreateTable',
    table((names) => names.text('TableInput', 'Name')),
  ),
  'Glue.DeleteDatabase': on('glue:DeleteDatabase', (names, place) =>
    catalog(
      names,
      place,
      ...['database/NAME', 'table/NAME/any', 'userDefinedFunction/NAME/any'].map((resource) =>
        resource.replace('NAME', names.text('Name')),
      ),
    ),
  ),
  'Glue.DeleteTable': on(
    'glue:DeleteTable',
    table((names) => names.text('Name')),
  ),
  'Glue.GetDatabase': on(
    'glue:GetDatabase',
    database((names) => names.text('Name')),
  ),
  'Glue.GetDatabases': on('glue:GetDatabases', (names, place) => catalog(names, place, 'database/any')),
  'Glue.GetTable': on(
    'glue:GetTable',
    table((names) => names.text('Name')),
  ),
  'Glue.GetTables': on(
    'glue:GetTables',
    table(() => 'any'),
  ),
  'Glue.GetJob': on('glue:GetJob', glueJob),
  'Glue.GetJobRun': on('glue:GetJobRun', glueJob),
  'Glue.GetWorkflow': on('glue:GetWorkflow', workflow),
  'Glue.GetWorkflowRun': on('glue:GetWorkflowRun', workflow),
  'Glue.StartJobRun': on('glue:StartJobRun', glueJob),
  'Glue.StartWorkflowRun': on('glue:StartWorkflowRun', workflow),
  'Glue.UpdateTable': on(
    'glue:UpdateTable',
    table((names) => names.text('TableInput', 'Name')),
  ),

  'Athena.CreateWorkGroup': all(
    on('athena:CreateWorkGroup', workgroup('Name')),
    on('athena:TagResource', workgroup('Name')),
  ),
  'Athena.DeleteWorkGroup': on('athena:DeleteWorkGroup', workgroup('WorkGroup')),
  'Athena.GetWorkGroup': on('athena:GetWorkGroup', workgroup('WorkGroup')),
  'Athena.ListWorkGroups': on('athena:ListWorkGroups', nowhere),
  'Athena.ListNamedQueries': on('athena:ListNamedQueries', workgroup('WorkGroup')),
  'Athena.ListTagsForResource': on('athena:ListTagsForResource', (names) => names.text('ResourceARN')),
  'Athena.TagResource': on('athena:TagResource', (names) => names.text('ResourceARN')),
  'Athena.UpdateWorkGroup': on('athena:UpdateWorkGroup', workgroup('WorkGroup')),

  'SQS.CreateQueue': all(on('sqs:CreateQueue', queueName), on('sqs:TagQueue', queueName)),
  'SQS.DeleteQueue': on('sqs:DeleteQueue', queueUrl),
  'SQS.GetQueueAttributes': on('sqs:GetQueueAttributes', queueUrl),
  // The permission for the single action covers its batch (SQS developer guide, "API permissions").
  'SQS.ChangeMessageVisibilityBatch': on('sqs:ChangeMessageVisibility', queueUrl),
  'SQS.GetQueueUrl': on('sqs:GetQueueUrl', queueName),
  'SQS.ListQueues': on('sqs:ListQueues', nowhere),
  'SQS.ListQueueTags': on('sqs:ListQueueTags', queueUrl),
  'SQS.DeleteMessageBatch': on('sqs:DeleteMessage', queueUrl),
  'SQS.ReceiveMessage': on('sqs:ReceiveMessage', queueUrl),
  'SQS.TagQueue': on('sqs:TagQueue', queueUrl),
  'SQS.SetQueueAttributes': on('sqs:SetQueueAttributes', queueUrl),

  'IAM.CreateRole': all(on('iam:CreateRole', role), on('iam:TagRole', role)),
  'IAM.DeleteRole': on('iam:DeleteRole', role),
  'IAM.DeleteRolePolicy': on('iam:DeleteRolePolicy', role),
  'IAM.DetachRolePolicy': on('iam:DetachRolePolicy', role),
  'IAM.GetPolicy': on('iam:GetPolicy', policy),
  'IAM.GetPolicyVersion': on('iam:GetPolicyVersion', policy),
  'IAM.GetRole': on('iam:GetRole', role),
  'IAM.GetRolePolicy': on('iam:GetRolePolicy', role),
  'IAM.ListAttachedRolePolicies': on('iam:ListAttachedRolePolicies', role),
  'IAM.ListRolePolicies': on('iam:ListRolePolicies', role),
  'IAM.ListRoleTags': on('iam:ListRoleTags', role),
  'IAM.PutRolePermissionsBoundary': on('iam:PutRolePermissionsBoundary', role),
  'IAM.PutRolePolicy': on('iam:PutRolePolicy', role),
  'IAM.SimulatePrincipalPolicy': on('iam:SimulatePrincipalPolicy', (names) => names.text('PolicySourceArn')),
  'IAM.TagRole': on('iam:TagRole', role),
  'IAM.UpdateAssumeRolePolicy': on('iam:UpdateAssumeRolePolicy', role),

  'Kinesis.DescribeStreamSummary': on('kinesis:DescribeStreamSummary', (names, place) =>
    place.arn('kinesis', `stream/${names.text('StreamName')}`),
  ),
  'CloudWatchLogs.DeleteResourcePolicy': on('logs:DeleteResourcePolicy', nowhere),
  'CloudWatchLogs.DescribeLogGroups': on('logs:DescribeLogGroups', nowhere),
  'CloudWatchLogs.DescribeResourcePolicies': on('logs:DescribeResourcePolicies', nowhere),
  'CloudWatchLogs.PutResourcePolicy': on('logs:PutResourcePolicy', nowhere),
  'CloudWatch.GetMetricData': on('cloudwatch:GetMetricData', nowhere),
  'Lambda.AddPermission': on('lambda:AddPermission', (names) => names.text('FunctionName')),
  'Lambda.GetFunctionConfiguration': on('lambda:GetFunctionConfiguration', (names) =>
    names.text('FunctionName'),
  ),
  'Lambda.GetPolicy': on('lambda:GetPolicy', (names) => names.text('FunctionName')),
  'Lambda.RemovePermission': on('lambda:RemovePermission', (names) => names.text('FunctionName')),
  'SFN.DescribeStateMachine': on('states:DescribeStateMachine', (names) => names.text('stateMachineArn')),
  // "No permissions are required to perform this operation" (STS API reference).
  'STS.GetCallerIdentity': () => [],
}

/**
 * What IAM decides for the calls of one run. A query is known by its id after it has been started, and Athena reads the catalog and the
 * bucket as the caller, where the run's own calls and `bucketOf` say it lies.
 */
export function questionsOf(
  calls: readonly RecordedCall[],
  lake: {bucket: string; accountId?: string | undefined},
): Question[] {
  let queried = {workgroup: '', database: ''}
  let listed = ''
  return calls.flatMap(({service, operation, region, names: raw}) => {
    const names = new Names(raw)
    const place = new Place(region, lake.accountId)
    if (service === 'Athena' && operation === 'StartQueryExecution') {
      queried = {
        workgroup: names.text('WorkGroup'),
        database: names.text('QueryExecutionContext', 'Database'),
      }
      return [
        ...queryQuestions(place, queried, lake.bucket),
        ...statementQuestions(place, queried, lake.bucket, names.maybe('Statement')),
        ...ofQuery(operation, place, queried.workgroup),
      ]
    }
    if (service === 'Athena' && operation === 'ListQueryExecutions') {
      listed = names.text('WorkGroup')
      return ofQuery(operation, place, listed)
    }
    if (service === 'Athena' && operation === 'BatchGetQueryExecution')
      return ofQuery(operation, place, listed)
    if (service === 'Athena' && /Query/.test(operation) && operation !== 'ListNamedQueries') {
      return ofQuery(operation, place, queried.workgroup)
    }
    const rule = rules[`${service}.${operation}`]
    if (!rule) throw new Error(`test/_helpers/authorize.ts does not know what ${service} ${operation} takes`)
    return rule(names, place)
  })
}

function ofQuery(operation: string, place: Place, name: string): Question[] {
  return [{action: `athena:${operation}`, resource: place.arn('athena', `workgroup/${name}`)}]
}

/** Athena user guide, "Access to databases and tables" and "Identity and access management in Athena". */
function queryQuestions(place: Place, queried: {database: string}, bucketName: string): Question[] {
  const ofBucket = `arn:aws:s3:::${bucketName}`
  const database = ['catalog', `database/${queried.database}`]
  const tables = ['raw_events', 'raw_events_parquet', 'events', 'usage_events'].map(
    (name) => `table/${queried.database}/${name}`,
  )
  const table = [...database, ...tables]
  const ask = (actions: string[], resource: string) => actions.map((action) => ({action, resource}))
  return [
    ...database.flatMap((resource) => ask(['glue:GetDatabase'], place.arn('glue', resource))),
    ...table.flatMap((resource) => ask(['glue:GetTable', 'glue:GetPartitions'], place.arn('glue', resource))),
    ...ask(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], ofBucket),
    ...['events', 'events-parquet', 'curated'].flatMap((folder) =>
      ask(['s3:GetObject'], `${ofBucket}/${folder}/dt=2026-01-01/hour=00/object`),
    ),
    ...ask(
      ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      `${ofBucket}/athena-results/id.csv`,
    ),
  ]
}

/** What a statement does beyond reading, as the caller: INSERT writes objects, CREATE VIEW a table of the catalog. */
function statementQuestions(
  place: Place,
  queried: {database: string},
  bucketName: string,
  statement: string | undefined,
): Question[] {
  const ask = (actions: string[], resource: string) => actions.map((action) => ({action, resource}))
  if (statement === 'INSERT') {
    const written = `arn:aws:s3:::${bucketName}/curated/dt=2026-01-01/object`
    return ask(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], written)
  }
  if (statement !== 'CREATE') return []
  const catalogOfView = ['catalog', `database/${queried.database}`, `table/${queried.database}/usage_events`]
  return catalogOfView.flatMap((resource) =>
    ask(['glue:CreateTable', 'glue:UpdateTable'], place.arn('glue', resource)),
  )
}
