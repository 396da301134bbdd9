import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {CreateEventBusCommand} from '@aws-sdk/client-eventbridge'
import {CreateStreamCommand} from '@aws-sdk/client-kinesis'
import {CreateQueueCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {readActual} from '../../../src/lib/binding/read/actual'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {Account, arnOf, clientsOf, settings as plain} from './_account'
import {cuttingProxy} from './_cutting-proxy'
import {everything} from './_everything'

// Each call of a scenario is one run on an endpoint of its own, all at once.
jest.setTimeout(300_000)

type Work = (clients: AwsClients) => Promise<unknown>

interface Scenario {
  /** What there is before. */
  before: Work
  /** What is cut off and run again. */
  work: Work
  /** The binding that is looked at afterwards. */
  binding: RoadSettings
  /** Changing calls that it takes at least, so that a scenario cannot shrink to nothing unseen. */
  calls: number
}

const deps = {now: () => Date.now(), sleep: async () => undefined}

const bind =
  (...wanted: RoadSettings[]): Work =>
  async (clients) =>
    applyBindings({clients, ...deps}, await planBindings(clients, wanted))

const unbind =
  (...wanted: RoadSettings[]): Work =>
  async (clients) =>
    applyRemovals({clients, ...deps}, await planRemovals(clients, wanted))

const inOrder =
  (...works: Work[]): Work =>
  async (clients) => {
    for (const work of works) await work(clients)
  }

const nothing: Work = async () => undefined

const tags = {team: 'platform', stage: 'test'}
const access = {allowAccounts: ['444455556666'], allowOrgs: ['o-a1b2c3d4e5']}
/** An archive outlives its binding, and the bus with it: removal is tried without one. */
const removable: RoadSettings = {...plain, dlq: 'usage-dlq', ...access, tags}
const full: RoadSettings = {...removable, archiveDays: 7}
const asParquet: RoadSettings = {...removable, recordFormat: 'parquet'}
const before: RoadSettings = {
  ...plain,
  pattern: '{"source":["old"]}',
  ...{dlq: 'old-dlq', archiveDays: 1, allowAccounts: ['777788889999'], retryAttempts: 3},
  ...{bucket: 'old-000000000000-eu-west-1', tags: {team: 'other'}},
}

const targets: Record<string, {arn: string; make: Work; calls: number}> = {
  queue: {
    arn: arnOf('sqs', 'audit'),
    make: async (clients) => (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'})),
    calls: 7,
  },
  'event bus': {
    arn: arnOf('events', 'event-bus/audit'),
    make: async (clients) => (await clients.eventBridge()).send(new CreateEventBusCommand({Name: 'audit'})),
    calls: 8,
  },
  'Kinesis stream': {
    arn: arnOf('kinesis', 'stream/audit'),
    make: async (clients) =>
      (await clients.kinesis()).send(new CreateStreamCommand({StreamName: 'audit', ShardCount: 1})),
    calls: 8,
  },
  'log group': {
    arn: arnOf('logs', 'log-group:audit'),
    make: async (clients) => (await clients.logs()).send(new CreateLogGroupCommand({logGroupName: 'audit'})),
    calls: 7,
  },
}

const toOtherTargets = Object.entries(targets).flatMap(([kind, {arn, make, calls}]): [string, Scenario][] => {
  const binding: RoadSettings = {...plain, rule: 'audit', targetArn: arn, dlq: 'audit-dlq', tags}
  return [
    [`to a ${kind} is made`, {before: make, work: bind(binding), binding, calls}],
    [
      `to a ${kind} is removed`,
      {before: inOrder(make, bind(binding)), work: unbind(binding), binding, calls: calls - 2},
    ],
  ]
})

const scenarios: [string, Scenario][] = [
  ['to a delivery stream is made', {before: nothing, work: bind(full), binding: full, calls: 20}],
  ['to a delivery stream is changed', {before: bind(before), work: bind(full), binding: full, calls: 20}],
  [
    'to a delivery stream is changed to Parquet',
    {before: bind(removable), work: bind(asParquet), binding: asParquet, calls: 3},
  ],
  [
    'to a delivery stream is removed',
    {before: bind(removable), work: unbind(removable), binding: removable, calls: 14},
  ],
  [
    'to a delivery stream with two forms of records is removed',
    {
      before: inOrder(bind(removable), bind(asParquet)),
      work: unbind(asParquet),
      binding: asParquet,
      calls: 15,
    },
  ],
  ...toOtherTargets,
]

/** Every resource of the account by name, and every one of the road in full with its tags, without times and versions. */
async function stateOf(clients: AwsClients, binding: RoadSettings): Promise<unknown> {
  const road = await readActual(clients, roadResources(binding))
  const volatile = new Set(['$metadata', 'CreateTime', 'UpdateTime', 'VersionId', 'versionId', 'url'])
  const text = JSON.stringify({all: await everything(clients), road}, (key, value: unknown) =>
    volatile.has(key) ? undefined : value,
  )
  return JSON.parse(text) as unknown
}

/** Does the work through a proxy that cuts the way off behind the `n`th changing call. */
async function through(
  account: Account,
  n: number,
  work: (clients: AwsClients) => Promise<unknown>,
): Promise<number> {
  const proxy = await cuttingProxy(account.endpoint.url, n)
  const clients = clientsOf(account.endpoint, proxy.url)
  await work(clients)
  await clients.close()
  await proxy.close()
  return proxy.changeCount()
}

async function onAccount<T>(use: (account: Account) => Promise<T>): Promise<T> {
  const account = await Account.open()
  try {
    return await use(account)
  } finally {
    await account.close()
  }
}

/** How many changing calls the work makes, and the state that it leaves. */
function whole(scenario: Scenario): Promise<{callCount: number; state: unknown}> {
  return onAccount(async (account) => {
    await scenario.before(account.clients)
    const callCount = await through(account, Infinity, scenario.work)
    return {callCount, state: await stateOf(account.clients, scenario.binding)}
  })
}

/** The state after the work was cut off behind its `n`th changing call and run again. */
function killedAfter(n: number, scenario: Scenario): Promise<unknown> {
  return onAccount(async (account) => {
    await scenario.before(account.clients)
    await through(account, n, (clients) =>
      expect(scenario.work(clients)).rejects.toMatchObject({name: 'OpError'}),
    )
    await scenario.work(account.clients)
    return stateOf(account.clients, scenario.binding)
  })
}

describe('a binding that is killed', () => {
  it.each(scenarios)(
    'while a binding %s ends in the same state when it is run again',
    async (_, scenario) => {
      const {callCount, state} = await whole(scenario)

      expect(callCount).toBeGreaterThanOrEqual(scenario.calls)
      const calls = Array.from({length: callCount}, (_each, i) => i + 1)
      const states = await Promise.all(calls.map((n) => killedAfter(n, scenario)))
      for (const n of calls) expect({n, state: states[n - 1]}).toEqual({n, state})
    },
  )
})
