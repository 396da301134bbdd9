import {DeleteWorkGroupCommand, UpdateWorkGroupCommand} from '@aws-sdk/client-athena'
import {
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DisableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import type {Target} from '@aws-sdk/client-eventbridge'
import {
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  UpdateDestinationCommand,
} from '@aws-sdk/client-firehose'
import type {ExtendedS3DestinationUpdate} from '@aws-sdk/client-firehose'
import {DeleteDatabaseCommand, DeleteTableCommand, UpdateTableCommand} from '@aws-sdk/client-glue'
import type {TableInput} from '@aws-sdk/client-glue'
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3'
import {DeleteQueueCommand, GetQueueUrlCommand, SetQueueAttributesCommand} from '@aws-sdk/client-sqs'
import type {RoleResource} from '../../../../src/lib/road/road'
import type {TestRoad} from './test-road'

type Act = (road: TestRoad) => Promise<unknown>

const disableRule: Act = ({eventBridge, road}) =>
  eventBridge.send(new DisableRuleCommand({Name: road.rule.name, EventBusName: road.rule.bus}))

const putPattern =
  (pattern: object): Act =>
  ({eventBridge, road}) =>
    eventBridge.send(
      new PutRuleCommand({
        Name: road.rule.name,
        EventBusName: road.rule.bus,
        EventPattern: JSON.stringify(pattern),
      }),
    )

const removeTarget: Act = ({eventBridge, road}) =>
  eventBridge.send(
    new RemoveTargetsCommand({Rule: road.rule.name, EventBusName: road.rule.bus, Ids: [road.target.id]}),
  )

const putTarget =
  (more: Partial<Target>): Act =>
  ({eventBridge, road}) =>
    eventBridge.send(
      new PutTargetsCommand({
        Rule: road.rule.name,
        EventBusName: road.rule.bus,
        Targets: [{Id: road.target.id, Arn: road.target.arn, RoleArn: road.target.roleArn, ...more}],
      }),
    )

const deleteRule: Act = async (test) => {
  await removeTarget(test)
  const {rule} = test.road
  await test.eventBridge.send(new DeleteRuleCommand({Name: rule.name, EventBusName: rule.bus}))
}

const deleteBus: Act = async (test) => {
  await deleteRule(test)
  await test.eventBridge.send(new DeleteEventBusCommand({Name: test.names.bus}))
}

/** Rules until the bus has as many as it may have. */
const fillBus: Act = async (test) => {
  await deleteRule(test)
  const rules = Array.from({length: 300}, (_, i) => new PutRuleCommand(fillingRule(test, i)))
  await Promise.all(rules.map((rule) => test.eventBridge.send(rule)))
}

const fillingRule = ({names}: TestRoad, i: number) => ({
  Name: `filling-${i}`,
  EventBusName: names.bus,
  EventPattern: '{"source":["nobody"]}',
})

const deleteOneRule: Act = (test) =>
  test.eventBridge.send(new DeleteRuleCommand({Name: 'filling-7', EventBusName: test.names.bus}))

const queueTarget = (i: number) => ({Id: `other-${i}`, Arn: `arn:aws:sqs:eu-west-1:000000000000:other-${i}`})

const fillTargets: Act = async (test) => {
  await removeTarget(test)
  const {name: Rule, bus: EventBusName} = test.road.rule
  const Targets = [0, 1, 2, 3, 4].map(queueTarget)
  await test.eventBridge.send(new PutTargetsCommand({Rule, EventBusName, Targets}))
}

const removeOneTarget: Act = ({eventBridge, road}) =>
  eventBridge.send(
    new RemoveTargetsCommand({Rule: road.rule.name, EventBusName: road.rule.bus, Ids: ['other-3']}),
  )

/** The role's own policy without one of its actions. */
const withoutAction =
  (pick: (test: TestRoad) => RoleResource, action: string): Act =>
  (test) => {
    const role = pick(test)
    const Statement = role.policy.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }))
    return test.iam.send(
      new PutRolePolicyCommand({
        RoleName: role.name,
        PolicyName: role.policyName,
        PolicyDocument: JSON.stringify({...role.policy, Statement}),
      }),
    )
  }

const targetRole = ({road}: TestRoad) => road.targetRole
const deliveryRole = ({road}: TestRoad) => road.deliveryRole

const denyAll: Act = ({iam, road}) =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName: road.targetRole.name,
      PolicyName: 'freeze',
      PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
    }),
  )

const trustNobody =
  (pick: (test: TestRoad) => RoleResource): Act =>
  (test) =>
    test.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: pick(test).name,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: {Service: 'lambda.amazonaws.com'},
            Action: 'sts:AssumeRole',
          },
        }),
      }),
    )

const deleteRole =
  (pick: (test: TestRoad) => RoleResource): Act =>
  async (test) => {
    const {name: RoleName, policyName: PolicyName} = pick(test)
    await test.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}))
    await test.iam.send(new DeleteRoleCommand({RoleName}))
  }

const updateStream =
  (change: (test: TestRoad) => ExtendedS3DestinationUpdate): Act =>
  async (test) => {
    const name = {DeliveryStreamName: test.road.stream.name}
    const {DeliveryStreamDescription: found} = await test.firehose.send(
      new DescribeDeliveryStreamCommand(name),
    )
    await test.firehose.send(
      new UpdateDestinationCommand({
        ...name,
        CurrentDeliveryStreamVersionId: found?.VersionId,
        DestinationId: found?.Destinations?.[0]?.DestinationId,
        ExtendedS3DestinationUpdate: change(test),
      }),
    )
  }

const noDelimiter = updateStream(() => ({ProcessingConfiguration: {Enabled: false, Processors: []}}))

const otherBucket: Act = async (test) => {
  const Bucket = `other-${test.names.bucket}`
  await test.s3.send(new CreateBucketCommand({Bucket}))
  const {name: RoleName} = test.road.deliveryRole
  const everywhere = {Effect: 'Allow', Action: 's3:*', Resource: '*'}
  const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: everywhere})
  await test.iam.send(new PutRolePolicyCommand({RoleName, PolicyName: 'everywhere', PolicyDocument}))
  await updateStream(() => ({BucketARN: `arn:aws:s3:::${Bucket}`}))(test)
}

const deleteStream: Act = ({firehose, road}) =>
  firehose.send(new DeleteDeliveryStreamCommand({DeliveryStreamName: road.stream.name}))

const deleteBucket: Act = async ({s3, names}) => {
  const {Contents: objects = []} = await s3.send(new ListObjectsV2Command({Bucket: names.bucket}))
  for (const {Key} of objects) await s3.send(new DeleteObjectCommand({Bucket: names.bucket, Key}))
  await s3.send(new DeleteBucketCommand({Bucket: names.bucket}))
}

const updateTable =
  (change: (input: TableInput) => TableInput): Act =>
  ({glue, road}) =>
    glue.send(
      new UpdateTableCommand({DatabaseName: road.database.name, TableInput: change(road.table.input)}),
    )

const withStorage = (input: TableInput, more: object): TableInput => ({
  ...input,
  StorageDescriptor: {...input.StorageDescriptor, ...more},
})

const withParameters = (more: Record<string, string>) =>
  updateTable((input) => ({...input, Parameters: {...input.Parameters, ...more}}))

const otherLocation: Act = (test) => {
  const elsewhere = `s3://${test.names.bucket}/elsewhere/`
  const template = {'storage.location.template': `${elsewhere}dt=\${dt}/hour=\${hour}/`}
  return updateTable((input) => ({
    ...withStorage(input, {Location: elsewhere}),
    Parameters: {...input.Parameters, ...template},
  }))(test)
}

/** The contract before customers had plans. */
const staleTable = updateTable((input) =>
  withStorage(input, {
    Columns: input.StorageDescriptor?.Columns?.map((column) => ({
      ...column,
      Type: column.Type?.replace('customer:struct<id:string,plan:string>', 'customer:struct<id:string>'),
    })),
  }),
)

const withoutDetail = updateTable((input) =>
  withStorage(input, {
    Columns: input.StorageDescriptor?.Columns?.filter(({Name: name}) => name !== 'detail'),
  }),
)

const deleteTable: Act = ({glue, road}) =>
  glue.send(new DeleteTableCommand({DatabaseName: road.database.name, Name: road.table.input.Name}))

const deleteDatabase: Act = ({glue, road}) => glue.send(new DeleteDatabaseCommand({Name: road.database.name}))

const disableWorkgroup: Act = ({athena, names}) =>
  athena.send(new UpdateWorkGroupCommand({WorkGroup: names.workgroup, State: 'DISABLED'}))

const noOutput: Act = ({athena, names}) =>
  athena.send(
    new UpdateWorkGroupCommand({
      WorkGroup: names.workgroup,
      ConfigurationUpdates: {ResultConfigurationUpdates: {RemoveOutputLocation: true}},
    }),
  )

const deleteWorkgroup: Act = ({athena, names}) =>
  athena.send(new DeleteWorkGroupCommand({WorkGroup: names.workgroup, RecursiveDeleteOption: true}))

const queueUrl = async ({sqs, dlq}: TestRoad) =>
  (await sqs.send(new GetQueueUrlCommand({QueueName: dlq}))).QueueUrl

const clearQueuePolicy: Act = async (test) =>
  test.sqs.send(new SetQueueAttributesCommand({QueueUrl: await queueUrl(test), Attributes: {Policy: ''}}))

const deleteQueue: Act = async (test) =>
  test.sqs.send(new DeleteQueueCommand({QueueUrl: await queueUrl(test)}))

const both =
  (...acts: Act[]): Act =>
  async (test) => {
    for (const act of acts) await act(test)
  }

/** A way to break a road, and what the doctor says of it. */
export interface Case {
  what: string
  broke: Act
  /** The hops that are broken, in the order of the road; what the first one says. */
  hops: string[]
  says: RegExp
  /** What a person does before the remedy, where the reason asks for it. */
  byHand?: Act
}

/** From the bus to the role that the rule sends with. */
export const breaksOfEvents: Case[] = [
  {what: 'a disabled rule', broke: disableRule, hops: ['rule'], says: /is disabled/},
  {what: 'a deleted rule', broke: deleteRule, hops: ['rule'], says: /There is no rule/},
  {what: 'a deleted bus', broke: deleteBus, hops: ['bus'], says: /There is no event bus/},
  {
    what: 'a pattern with another source',
    broke: putPattern({source: ['my-aplications'], 'detail-type': ['api-usage-event']}),
    hops: ['pattern'],
    says: /matches no usage event\. source: .*my-aplications/,
  },
  {
    what: 'a pattern with another detail-type',
    broke: putPattern({'detail-type': ['usage']}),
    hops: ['pattern'],
    says: /detail-type: /,
  },
  {
    what: 'a full bus',
    broke: fillBus,
    hops: ['rule', 'quota'],
    says: /every event on it is dropped\. See quota/,
    byHand: deleteOneRule,
  },
  {what: 'a removed target', broke: removeTarget, hops: ['target'], says: /has no target/},
  {
    what: 'a full rule',
    broke: fillTargets,
    hops: ['quota', 'target'],
    says: /has 5 targets/,
    byHand: removeOneTarget,
  },
  {
    what: 'a target with an input path',
    broke: putTarget({InputPath: '$.detail'}),
    hops: ['target'],
    says: /sends \$\.detail of the event, not the whole event/,
  },
  {
    what: 'a role without PutRecordBatch',
    broke: withoutAction(targetRole, 'firehose:PutRecordBatch'),
    hops: ['target-role'],
    says: /does not allow firehose:PutRecordBatch on/,
  },
  {
    what: 'a role without PutRecord',
    broke: withoutAction(targetRole, 'firehose:PutRecord'),
    hops: ['target-role'],
    says: /does not allow firehose:PutRecord on/,
  },
  {
    what: 'a role that trusts another service',
    broke: trustNobody(targetRole),
    hops: ['target-role'],
    says: /does not let events\.amazonaws\.com take it on/,
  },
  {what: 'a deleted role', broke: deleteRole(targetRole), hops: ['target-role'], says: /does not exist/},
  {what: 'a role that is denied everything', broke: denyAll, hops: ['target-role'], says: /does not allow/},
]

/** From the delivery stream to the report. */
export const breaksOfLake: Case[] = [
  {what: 'a deleted stream', broke: deleteStream, hops: ['stream'], says: /There is no delivery stream/},
  {
    what: 'a stream without a delimiter',
    broke: noDelimiter,
    hops: ['delivery', 'objects'],
    says: /appends no line break/,
  },
  {
    what: 'a stream with another prefix',
    broke: updateStream(() => ({Prefix: 'usage/!{timestamp:yyyy/MM/dd}/'})),
    hops: ['delivery'],
    says: /writes under usage\//,
  },
  {
    what: 'a stream to another bucket',
    broke: otherBucket,
    hops: ['delivery'],
    says: /writes to arn:aws:s3:::other-/,
  },
  {
    what: 'a delivery role without PutObject',
    broke: withoutAction(deliveryRole, 's3:PutObject'),
    hops: ['delivery-role'],
    says: /does not allow s3:PutObject on/,
  },
  {
    what: 'a delivery role that trusts another service',
    broke: trustNobody(deliveryRole),
    hops: ['delivery-role'],
    says: /does not let firehose\.amazonaws\.com take it on/,
  },
  {what: 'a deleted bucket', broke: deleteBucket, hops: ['bucket'], says: /There is no bucket/},
  {
    what: 'a table that looks elsewhere',
    broke: otherLocation,
    hops: ['table', 'projection'],
    says: /looks at s3:\/\/.*\/elsewhere\//,
  },
  {
    what: 'a table of an older contract',
    broke: staleTable,
    hops: ['table'],
    says: /another type of column detail/,
  },
  {what: 'a table without a column', broke: withoutDetail, hops: ['table'], says: /has no column detail/},
  {what: 'a deleted table', broke: deleteTable, hops: ['table'], says: /There is no table/},
  {what: 'a deleted database', broke: deleteDatabase, hops: ['database'], says: /There is no database/},
  {
    what: 'a projection that hides today',
    broke: withParameters({'projection.dt.range': '2020-01-01,2020-12-31'}),
    hops: ['projection'],
    says: /today .* is not among the days 2020-01-01 to 2020-12-31/,
  },
  {
    what: 'a projection of the morning hours',
    broke: withParameters({'projection.hour.range': '99,99'}),
    hops: ['projection'],
    says: /not all hours of a day are covered/,
  },
  {what: 'a disabled workgroup', broke: disableWorkgroup, hops: ['workgroup'], says: /is disabled/},
  {what: 'a workgroup without output', broke: noOutput, hops: ['workgroup'], says: /has no output location/},
  {what: 'a deleted workgroup', broke: deleteWorkgroup, hops: ['workgroup'], says: /There is no workgroup/},
]

export const breaksInPairs: Case[] = [
  {
    what: 'a role without PutRecord, and a dead-letter queue without policy',
    broke: both(withoutAction(targetRole, 'firehose:PutRecord'), clearQueuePolicy),
    hops: ['target-role', 'dead-letters'],
    says: /does not allow firehose:PutRecord/,
  },
  {
    what: 'a role that trusts another service, and a deleted dead-letter queue',
    broke: both(trustNobody(targetRole), deleteQueue),
    hops: ['target-role', 'dead-letters'],
    says: /does not let events\.amazonaws\.com/,
  },
  {
    what: 'a disabled rule and a deleted table',
    broke: both(disableRule, deleteTable),
    hops: ['rule', 'table'],
    says: /is disabled/,
  },
  {
    what: 'no delimiter and a disabled workgroup',
    broke: both(noDelimiter, disableWorkgroup),
    hops: ['delivery', 'objects', 'workgroup'],
    says: /appends no line break/,
  },
  {
    what: 'a wrong pattern and a projection that hides today',
    broke: both(putPattern({source: ['x']}), withParameters({'projection.dt.range': 'NOW-9DAYS,NOW-2DAYS'})),
    hops: ['pattern', 'projection'],
    says: /matches no usage event/,
  },
  {
    what: 'a removed target and a delivery role without PutObject',
    broke: both(removeTarget, withoutAction(deliveryRole, 's3:PutObject')),
    hops: ['target', 'delivery-role'],
    says: /has no target/,
  },
]
