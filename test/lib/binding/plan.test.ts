import type {ActualRoad} from '../../../src/lib/binding/read/actual-road'
import {hasDrift} from '../../../src/lib/binding/change'
import type {Change} from '../../../src/lib/binding/change'
import {planBinding} from '../../../src/lib/binding/plan/plan'
import {roadResources} from '../../../src/lib/road/road'
import {settings} from './_settings'

const road = roadResources({...settings, dlq: 'usage-dlq'})

const nothing: ActualRoad = {
  bus: undefined,
  rule: undefined,
  targets: [],
  deliveryRole: undefined,
  targetRole: undefined,
  stream: undefined,
  bucket: undefined,
  queue: undefined,
  database: false,
  table: undefined,
  workgroup: undefined,
  discoverer: undefined,
}

/** Everything as it should be, in the form in which the services describe it. */
const complete: ActualRoad = {
  bus: {arn: road.bus.arn},
  rule: {
    Name: 'api-usage',
    EventPattern: '{ "detail-type": ["api-usage-event"], "source": ["my-applications"] }',
    State: 'ENABLED',
  },
  targets: [
    {
      Id: 'usage-tracker-firehose',
      Arn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events',
      RoleArn: 'arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-api-usage-target',
      DeadLetterConfig: {Arn: 'arn:aws:sqs:eu-west-1:111122223333:usage-dlq'},
    },
  ],
  deliveryRole: {trustPolicy: road.deliveryRole.trustPolicy, policy: road.deliveryRole.policy},
  targetRole: {trustPolicy: road.targetRole.trustPolicy, policy: road.targetRole.policy},
  stream: {
    status: 'ACTIVE',
    failure: undefined,
    type: 'DirectPut',
    versionId: '1',
    destinationId: 'destinationId-000000000001',
    destination: {
      ...road.stream.destination,
      EncryptionConfiguration: {NoEncryptionConfig: 'NoEncryption'},
      S3BackupMode: 'Disabled',
      CustomTimeZone: 'UTC',
    },
  },
  bucket: {publicAccessBlocked: true},
  queue: {url: 'https://sqs/usage-dlq', policy: {Version: '2012-10-17', Statement: [road.queue?.statement]}},
  database: true,
  table: {
    ...road.table.input,
    Parameters: {...road.table.input.Parameters, transient_lastDdlTime: '1790000000'},
  },
  workgroup: {state: 'ENABLED', outputLocation: 's3://acme-usage/athena-results/', enforced: true},
  discoverer: {id: 'events-event-bus-usage', state: 'STARTED'},
}

function planned(changes: Partial<ActualRoad>): Change[] {
  return planBinding(road, {...complete, ...changes}).filter((change) => change.action !== 'keep')
}

describe('planBinding', () => {
  it('makes everything where nothing is, the target last', () => {
    const plan = planBinding(road, nothing)

    expect(plan.map((c) => `${c.action} ${c.resource} ${c.name}`)).toEqual([
      'create bus usage',
      'create bucket acme-usage',
      'create database usage',
      'create table usage.raw_events',
      'create role usage-tracker-eu-west-1-usage-events-delivery',
      'create policy usage-tracker-eu-west-1-usage-events-delivery',
      'create stream usage-events',
      'create role usage-tracker-eu-west-1-usage-api-usage-target',
      'create policy usage-tracker-eu-west-1-usage-api-usage-target',
      'create queue usage-dlq',
      'create queue-policy usage-dlq',
      'create workgroup usage',
      'create discoverer usage',
      'create rule api-usage',
      'create target usage-tracker-firehose',
    ])
  })

  it('keeps everything that is right already', () => {
    const plan = planBinding(road, complete)

    expect(plan).toHaveLength(15)
    expect(plan.filter((change) => change.action !== 'keep')).toEqual([])
  })

  it('has no queue where none is asked for', () => {
    const plan = planBinding(roadResources(settings), nothing)

    expect(plan.map((c) => c.resource)).not.toContain('queue')
  })

  it('leaves a dead-letter queue alone that somebody else attached', () => {
    const plan = planBinding(roadResources(settings), complete)

    expect(plan.at(-1)).toEqual({action: 'keep', resource: 'target', name: 'usage-tracker-firehose'})
  })

  it('names the fields of an update', () => {
    expect(
      planned({rule: {...complete.rule, EventPattern: '{"source":["else"]}', State: 'DISABLED'}}),
    ).toEqual([{action: 'update', resource: 'rule', name: 'api-usage', fields: ['pattern', 'state']}])
  })

  it('mends a stream that writes no newlines', () => {
    const destination = {...complete.stream?.destination, ProcessingConfiguration: {Enabled: false}}
    const stream = {...complete.stream, destination} as NonNullable<ActualRoad['stream']>

    expect(planned({stream})).toEqual([
      {action: 'update', resource: 'stream', name: 'usage-events', fields: ['processing']},
    ])
  })

  it('opens a delivery role that lacks a permission', () => {
    expect(
      planned({deliveryRole: {trustPolicy: road.deliveryRole.trustPolicy, policy: {Statement: []}}}),
    ).toEqual([
      {
        action: 'update',
        resource: 'policy',
        name: 'usage-tracker-eu-west-1-usage-events-delivery',
        fields: ['policy'],
      },
    ])
  })

  it('puts a policy on a role that has none', () => {
    expect(planned({targetRole: {trustPolicy: road.targetRole.trustPolicy, policy: undefined}})).toEqual([
      {action: 'create', resource: 'policy', name: 'usage-tracker-eu-west-1-usage-api-usage-target'},
    ])
  })

  it('adds its statement to a queue policy that lets others send', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage'}],
    }

    expect(planned({queue: {url: 'u', policy}})).toEqual([
      {action: 'update', resource: 'queue-policy', name: 'usage-dlq', fields: ['policy']},
    ])
  })

  it('shuts a bucket to the public', () => {
    expect(planned({bucket: {publicAccessBlocked: false}})).toEqual([
      {action: 'update', resource: 'bucket', name: 'acme-usage', fields: ['publicAccessBlock']},
    ])
  })

  it('starts a discoverer that is stopped', () => {
    expect(planned({discoverer: {id: 'd', state: 'STOPPED'}})).toEqual([
      {action: 'update', resource: 'discoverer', name: 'usage', fields: ['state']},
    ])
  })

  it('holds a workgroup to the bucket', () => {
    expect(planned({workgroup: {state: 'ENABLED', outputLocation: undefined, enforced: false}})).toEqual([
      {action: 'update', resource: 'workgroup', name: 'usage', fields: ['outputLocation', 'enforced']},
    ])
  })

  it('mends a table whose projection hides old days', () => {
    const Parameters = {...complete.table?.Parameters, 'projection.dt.range': '2026-01-01,NOW'}

    expect(planned({table: {...complete.table, Name: 'raw_events', Parameters}})).toEqual([
      {action: 'update', resource: 'table', name: 'usage.raw_events', fields: ['parameters']},
    ])
  })

  it('points its target at the stream where it points elsewhere', () => {
    const target = {
      ...complete.targets[0],
      Id: 'usage-tracker-firehose',
      Arn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/old',
    }

    expect(planned({targets: [target]})).toEqual([
      {action: 'update', resource: 'target', name: 'usage-tracker-firehose', fields: ['arn']},
    ])
  })

  it('sends whole events where somebody set an input', () => {
    const target = {
      ...complete.targets[0],
      Id: 'usage-tracker-firehose',
      Arn: road.target.arn,
      InputPath: '$.detail',
    }

    expect(planned({targets: [target]})).toEqual([
      {action: 'update', resource: 'target', name: 'usage-tracker-firehose', fields: ['input']},
    ])
  })

  it('takes a target over that already sends to the stream, so that no event is written twice', () => {
    const targets = [{...complete.targets[0], Id: 'made-by-hand', Arn: road.target.arn}]

    expect(planBinding(road, {...complete, targets}).at(-1)).toEqual({
      action: 'keep',
      resource: 'target',
      name: 'made-by-hand',
    })
  })

  it('leaves other targets of the rule alone', () => {
    const other = {Id: 'other', Arn: 'arn:aws:sqs:eu-west-1:111122223333:other'}

    expect(planned({targets: [...complete.targets, other]})).toEqual([])
  })

  it('stops where the rule has no room for a target', () => {
    const targets = [1, 2, 3, 4, 5].map((n) => ({
      Id: `t${n}`,
      Arn: `arn:aws:sqs:eu-west-1:111122223333:q${n}`,
    }))

    expect(() => planned({targets})).toThrow(expect.objectContaining({kind: 'usage', code: 'TARGET_LIMIT'}))
  })

  it('stops where a service manages the rule', () => {
    expect(() => planned({rule: {...complete.rule, ManagedBy: 'schemas.amazonaws.com'}})).toThrow(
      expect.objectContaining({code: 'RULE_MANAGED'}),
    )
  })

  it.each([
    ['reads from Kinesis', {type: 'KinesisStreamAsSource'}, 'STREAM_UNSUITABLE'],
    ['does not write to S3', {destination: undefined}, 'STREAM_UNSUITABLE'],
    ['is being deleted', {status: 'DELETING' as const}, 'STREAM_NOT_READY'],
  ])('stops where the stream %s', (_what, part, code) => {
    const stream = {...complete.stream, ...part} as NonNullable<ActualRoad['stream']>

    expect(() => planned({stream})).toThrow(expect.objectContaining({code}))
  })

  it('stops where the default bus is missing', () => {
    expect(() => planBinding(roadResources({...settings, bus: 'default'}), nothing)).toThrow(
      expect.objectContaining({kind: 'absent', code: 'BUS_UNKNOWN'}),
    )
  })
})

describe('what CloudFormation owns', () => {
  const stack = {'aws:cloudformation:stack-name': 'lake'}
  const idOnly = {
    'aws:cloudformation:stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/lake/0123',
  }
  const seen = (changes: Partial<ActualRoad>): Change[] => planBinding(road, {...complete, ...changes})

  it.each([[stack], [idOnly]])('is kept, with what differs and the name of the stack: %j', (tags) => {
    const rule = {...complete.rule, State: 'DISABLED' as const}

    expect(planned({rule, tags: {rule: tags}})).toEqual([])
    expect(seen({rule, tags: {rule: tags}})).toContainEqual({
      action: 'keep',
      resource: 'rule',
      name: 'api-usage',
      fields: ['state'],
      note: 'owned by CloudFormation stack lake',
    })
  })

  it('gets no part that it lacks', () => {
    const changes = seen({
      targets: [],
      targetRole: {trustPolicy: road.targetRole.trustPolicy, policy: undefined},
      queue: {url: 'https://sqs/usage-dlq', policy: undefined},
      tags: {rule: stack, targetRole: stack, queue: stack},
    })

    expect(
      changes.filter((c) => c.fields).map(({action, resource, fields}) => [action, resource, fields]),
    ).toEqual([
      ['keep', 'policy', ['missing']],
      ['keep', 'queue-policy', ['missing']],
      ['keep', 'target', ['missing']],
    ])
  })

  it('is drift all the same', () => {
    const rule = {...complete.rule, State: 'DISABLED' as const}

    expect(hasDrift(seen({rule, tags: {rule: stack}}))).toBe(true)
    expect(hasDrift(seen({tags: {rule: stack}}))).toBe(false)
  })

  it('is told from what others have tagged', () => {
    const rule = {...complete.rule, State: 'DISABLED' as const}

    expect(planned({rule, tags: {rule: {team: 'platform'}}})).toEqual([
      {
        ...{action: 'update', resource: 'rule', name: 'api-usage', fields: ['state']},
        note: 'without our tag: unbind-target leaves it (see --adopt)',
      },
    ])
  })
})
