import {
  TagResourceCommand as TagWorkgroup,
  UntagResourceCommand as UntagWorkgroup,
} from '@aws-sdk/client-athena'
import {
  CreateEventBusCommand,
  ListTagsForResourceCommand as ListEventTags,
  TagResourceCommand as TagOnEvents,
  UntagResourceCommand as UntagOnEvents,
} from '@aws-sdk/client-eventbridge'
import {TagDeliveryStreamCommand, UntagDeliveryStreamCommand} from '@aws-sdk/client-firehose'
import {TagRoleCommand, UntagRoleCommand} from '@aws-sdk/client-iam'
import {PutBucketTaggingCommand} from '@aws-sdk/client-s3'
import {
  TagResourceCommand as TagDiscoverer,
  UntagResourceCommand as UntagDiscoverer,
} from '@aws-sdk/client-schemas'
import {TagQueueCommand, UntagQueueCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {hasDrift} from '../../../src/lib/binding/change'
import type {Change} from '../../../src/lib/binding/change'
import {readActual} from '../../../src/lib/binding/read/actual'
import type {RoadTags} from '../../../src/lib/binding/read/actual-road'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {Account, arnOf, settings} from './_account'

type Tags = Record<string, string>

const part: Partial<RoadSettings> = {dlq: 'usage-dlq', tags: {team: 'platform'}}
const road = roadResources({...settings, ...part})
const ours = {'usage-tracker:binding': 'usage/api-usage', team: 'platform'}

const pairs = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({Key, Value}))

/** By part of the road: what puts tags on it and takes them off. A bucket's tags are put as a whole. */
interface Handle {
  part: keyof RoadTags
  resource: Change['resource']
  /** Whether name or description say that it was made for a binding. */
  isProven: boolean
  put: (clients: AwsClients, tags: Tags) => Promise<unknown>
  take: (clients: AwsClients, keys: string[]) => Promise<unknown>
}

const onEvents = (ResourceARN: string): Pick<Handle, 'put' | 'take'> => ({
  put: async (clients, tags) =>
    (await clients.eventBridge()).send(new TagOnEvents({ResourceARN, Tags: pairs(tags)})),
  take: async (clients, TagKeys) =>
    (await clients.eventBridge()).send(new UntagOnEvents({ResourceARN, TagKeys})),
})

const role = (RoleName: string): Pick<Handle, 'put' | 'take'> => ({
  put: async (clients, tags) => (await clients.iam()).send(new TagRoleCommand({RoleName, Tags: pairs(tags)})),
  take: async (clients, TagKeys) => (await clients.iam()).send(new UntagRoleCommand({RoleName, TagKeys})),
})

const tagsOf = async (clients: AwsClients): Promise<RoadTags> => (await readActual(clients, road)).tags ?? {}

const putOnBucket = async (clients: AwsClients, tags: Tags) =>
  (await clients.s3()).send(
    new PutBucketTaggingCommand({Bucket: road.bucket.name, Tagging: {TagSet: pairs(tags)}}),
  )

const DeliveryStreamName = road.stream.name
const workgroup = arnOf('athena', 'workgroup/usage')
const queueUrl = async (clients: AwsClients) => (await readActual(clients, road)).queue?.url
const discoverer = async (clients: AwsClients) =>
  arnOf('schemas', `discoverer/${(await readActual(clients, road)).discoverer?.id}`)

const handles: Handle[] = [
  {part: 'bus', resource: 'bus', isProven: true, ...onEvents(road.bus.arn)},
  {part: 'rule', resource: 'rule', isProven: true, ...onEvents(road.rule.arn)},
  {part: 'deliveryRole', resource: 'role', isProven: true, ...role(road.deliveryRole.name)},
  {part: 'targetRole', resource: 'role', isProven: true, ...role(road.targetRole.name)},
  {
    ...{part: 'workgroup', resource: 'workgroup', isProven: true},
    put: async (clients, tags) =>
      (await clients.athena()).send(new TagWorkgroup({ResourceARN: workgroup, Tags: pairs(tags)})),
    take: async (clients, TagKeys) =>
      (await clients.athena()).send(new UntagWorkgroup({ResourceARN: workgroup, TagKeys})),
  },
  {
    ...{part: 'stream', resource: 'stream', isProven: false},
    put: async (clients, tags) =>
      (await clients.firehose()).send(new TagDeliveryStreamCommand({DeliveryStreamName, Tags: pairs(tags)})),
    take: async (clients, TagKeys) =>
      (await clients.firehose()).send(new UntagDeliveryStreamCommand({DeliveryStreamName, TagKeys})),
  },
  {
    ...{part: 'queue', resource: 'queue', isProven: false},
    put: async (clients, Tags) =>
      (await clients.sqs()).send(new TagQueueCommand({QueueUrl: await queueUrl(clients), Tags})),
    take: async (clients, TagKeys) =>
      (await clients.sqs()).send(new UntagQueueCommand({QueueUrl: await queueUrl(clients), TagKeys})),
  },
  {
    ...{part: 'discoverer', resource: 'discoverer', isProven: false},
    put: async (clients, tags) =>
      (await clients.schemas()).send(new TagDiscoverer({ResourceArn: await discoverer(clients), Tags: tags})),
    take: async (clients, TagKeys) =>
      (await clients.schemas()).send(new UntagDiscoverer({ResourceArn: await discoverer(clients), TagKeys})),
  },
  {
    ...{part: 'bucket', resource: 'bucket', isProven: false},
    put: async (clients, tags) => putOnBucket(clients, {...(await tagsOf(clients)).bucket, ...tags}),
    take: async (clients, keys) => {
      const left = Object.entries((await tagsOf(clients)).bucket ?? {}).filter(([key]) => !keys.includes(key))
      return putOnBucket(clients, Object.fromEntries(left))
    },
  },
]

describe('tags of a binding on an endpoint', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
    await account.bind(part)
  })

  afterEach(() => account.close())

  const changed = async (more: Partial<RoadSettings> = {}, adopt = false): Promise<string[]> =>
    (await account.bindWith({...part, ...more}, adopt)).map(({action, resource, fields}) =>
      [action, resource, ...(fields ?? [])].join(' '),
    )

  it.each(handles)('are given back where $part has lost or changed one, and others stay', async (handle) => {
    await handle.put(clients, {team: 'other', theirs: 'x'})
    expect(hasDrift(await account.plan(part))).toBe(true)
    expect(await changed()).toEqual([`update ${handle.resource} tags`])
    expect((await tagsOf(clients))[handle.part]).toEqual({...ours, theirs: 'x'})

    await handle.take(clients, ['team'])
    expect(await changed()).toEqual([`update ${handle.resource} tags`])
    expect((await tagsOf(clients))[handle.part]).toEqual({...ours, theirs: 'x'})
    expect(await changed()).toEqual([])
  })

  it.each(handles.filter(({isProven}) => isProven))(
    'are given back, the tag of the binding too, where $part has lost all and is known to be its make',
    async (handle) => {
      await handle.take(clients, Object.keys(ours))

      expect(await changed()).toEqual([`update ${handle.resource} tags`])
      expect((await tagsOf(clients))[handle.part]).toEqual(ours)
    },
  )

  it.each(handles.filter(({isProven}) => !isProven))(
    'are not given to $part without the tag of the binding, which may be somebody else’s, but for --adopt',
    async (handle) => {
      await handle.take(clients, Object.keys(ours))
      const plan = await account.plan(part)

      expect(hasDrift(plan)).toBe(false)
      expect(plan.filter(({note}) => note !== undefined)).toEqual([
        {
          action: 'keep',
          resource: handle.resource,
          name: expect.any(String) as string,
          note: 'without our tag: unbind-target leaves it (see --adopt)',
        },
      ])
      expect(await changed({}, true)).toEqual([`update ${handle.resource} tags`])
      expect((await tagsOf(clients))[handle.part]).toEqual(ours)
    },
  )

  it('follow the configuration on everything at once', async () => {
    const updates = await changed({tags: {team: 'payments', stage: 'prod'}})

    expect(updates.sort()).toEqual(handles.map(({resource}) => `update ${resource} tags`).sort())
    expect(await changed({tags: {team: 'payments', stage: 'prod'}})).toEqual([])
  })

  it('of another binding stay on what that one made, and go from what is of this rule alone', async () => {
    const theirs = {'usage-tracker:binding': 'usage/other'}
    for (const handle of handles) await handle.put(clients, theirs)

    const plan = await account.plan(part)

    expect(plan.filter(({fields}) => fields).map(({resource, name}) => `${resource} ${name}`)).toEqual([
      `role ${road.targetRole.name}`,
      'rule api-usage',
    ])
    expect(plan.filter(({note}) => note === 'belongs to binding usage/other')).toHaveLength(7)
  })

  it('of what two bindings share are those of the one that made it, in whatever order they are bound', async () => {
    const other = {...part, rule: 'other'}
    await account.bind(other)
    await handles[0]?.take(clients, ['team'])

    expect((await account.bind(other, part)).map(({resource, fields}) => ({resource, fields}))).toEqual([
      {resource: 'bus', fields: ['tags']},
    ])
    expect(await account.bind(other, part)).toEqual([])
  })

  it('of a bus that was there before are left alone, and the bus with them', async () => {
    const events = await clients.eventBridge()
    await events.send(new CreateEventBusCommand({Name: 'theirs', Tags: pairs({team: 'theirs'})}))

    await account.bind({...part, bus: 'theirs'})
    const unbound = await account.unbind({...part, bus: 'theirs'})

    expect(unbound.find(({resource}) => resource === 'bus')).toMatchObject({action: 'keep', name: 'theirs'})
    const asked = new ListEventTags({ResourceARN: arnOf('events', 'event-bus/theirs')})
    expect((await events.send(asked)).Tags).toEqual(pairs({team: 'theirs'}))
  })

  it('are not put on the default bus, whatever is asked for', async () => {
    await account.bindWith({...part, bus: 'default'}, true)

    const asked = new ListEventTags({ResourceARN: arnOf('events', 'event-bus/default')})
    expect((await (await clients.eventBridge()).send(asked)).Tags).toEqual([])
  })
})
