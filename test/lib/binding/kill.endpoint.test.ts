import {ListArchivesCommand, ListEventBusesCommand, ListRulesCommand} from '@aws-sdk/client-eventbridge'
import {ListDeliveryStreamsCommand} from '@aws-sdk/client-firehose'
import {GetTablesCommand} from '@aws-sdk/client-glue'
import {ListRolesCommand} from '@aws-sdk/client-iam'
import {ListBucketsCommand} from '@aws-sdk/client-s3'
import {ListDiscoverersCommand} from '@aws-sdk/client-schemas'
import {ListQueuesCommand} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../../src/lib/aws/clients'
import {readActual} from '../../../src/lib/binding/read/actual'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {cuttingProxy} from './_cutting-proxy'
import {settings as anyAccount} from './_settings'

const settings: RoadSettings = {
  ...anyAccount,
  accountId: '000000000000',
  bucket: 'usage-000000000000-eu-west-1',
  dlq: 'usage-dlq',
  archiveDays: 7,
  allowAccounts: ['444455556666'],
  allowOrgs: ['o-a1b2c3d4e5'],
}
/** An archive outlives its binding, and the bus with it: removal is tried without one. */
const withoutArchive: RoadSettings = {...settings, archiveDays: undefined}
const deps = {now: () => Date.now(), sleep: async () => undefined}

jest.setTimeout(180_000)

describe('a binding that is killed', () => {
  function clientsOf(endpoint: TestEndpoint, url = endpoint.url): AwsClients {
    const {region, credentials} = endpoint.client
    return new AwsClients({region, credentials, endpoint: url})
  }

  async function withEndpoint<T>(
    work: (endpoint: TestEndpoint, clients: AwsClients) => Promise<T>,
  ): Promise<T> {
    const endpoint = await testEndpoint()
    const clients = clientsOf(endpoint)
    try {
      return await work(endpoint, clients)
    } finally {
      await clients.close()
      await discard(endpoint)
    }
  }

  async function bind(clients: AwsClients, wanted = settings): Promise<void> {
    await applyBindings({clients, ...deps}, await planBindings(clients, [wanted]))
  }

  async function unbind(clients: AwsClients): Promise<void> {
    await applyRemovals({clients, ...deps}, await planRemovals(clients, [withoutArchive]))
  }

  /** Every resource of the account by name, and every one of the road in full with its tags, without times and versions. */
  async function stateOf(clients: AwsClients): Promise<unknown> {
    const events = await clients.eventBridge()
    const lists = await Promise.all([
      events.send(new ListEventBusesCommand({})).then((page) => page.EventBuses?.map((b) => b.Name)),
      events
        .send(new ListRulesCommand({EventBusName: 'usage'}))
        .then((page) => page.Rules?.map((r) => r.Name))
        .catch(() => []),
      events.send(new ListArchivesCommand({})).then((page) => page.Archives?.map((a) => a.ArchiveName)),
      (await clients.firehose()).send(new ListDeliveryStreamsCommand({})).then((p) => p.DeliveryStreamNames),
      (await clients.iam()).send(new ListRolesCommand({})).then((p) => p.Roles?.map((r) => r.RoleName)),
      (await clients.s3()).send(new ListBucketsCommand({})).then((p) => p.Buckets?.map((b) => b.Name)),
      (await clients.sqs()).send(new ListQueuesCommand({})).then((p) => p.QueueUrls?.length ?? 0),
      (await clients.schemas()).send(new ListDiscoverersCommand({})).then((p) => p.Discoverers?.length),
      (await clients.glue())
        .send(new GetTablesCommand({DatabaseName: 'usage'}))
        .then((p) => p.TableList?.map((t) => t.Name))
        .catch(() => []),
    ])
    const road = await readActual(clients, roadResources(settings))
    const volatile = new Set(['$metadata', 'CreateTime', 'UpdateTime', 'VersionId', 'versionId', 'url'])
    const text = JSON.stringify({lists, road}, (key, value: unknown) =>
      volatile.has(key) ? undefined : value,
    )
    return JSON.parse(text) as unknown
  }

  /** How many changing calls `work` makes, and the state that it leaves. */
  async function whole(
    before: (clients: AwsClients) => Promise<void>,
    work: (clients: AwsClients) => Promise<void>,
  ): Promise<{callCount: number; state: unknown}> {
    return withEndpoint(async (endpoint, clients) => {
      await before(clients)
      const proxy = await cuttingProxy(endpoint.url, Infinity)
      const counted = clientsOf(endpoint, proxy.url)
      await work(counted)
      await counted.close()
      await proxy.close()
      return {callCount: proxy.changeCount(), state: await stateOf(clients)}
    })
  }

  /** The state after `work` was cut off behind its `n`th changing call and run again. */
  async function killedAfter(
    n: number,
    before: (clients: AwsClients) => Promise<void>,
    work: (clients: AwsClients) => Promise<void>,
  ): Promise<unknown> {
    return withEndpoint(async (endpoint, clients) => {
      await before(clients)
      const proxy = await cuttingProxy(endpoint.url, n)
      const cut = clientsOf(endpoint, proxy.url)
      await expect(work(cut)).rejects.toMatchObject({name: 'OpError'})
      await cut.close()
      await proxy.close()
      await work(clients)
      return stateOf(clients)
    })
  }

  it('ends in the same state when it is run again, after whichever call it was', async () => {
    const nothing = async (): Promise<void> => undefined
    const {callCount, state} = await whole(nothing, bind)

    expect(callCount).toBe(20)
    for (let n = 1; n <= callCount; n++) {
      expect({n, state: await killedAfter(n, nothing, bind)}).toEqual({n, state})
    }
  })

  it('goes on being removed when that is run again, after whichever call it was', async () => {
    const bound = (clients: AwsClients): Promise<void> => bind(clients, withoutArchive)
    const {callCount, state} = await whole(bound, unbind)

    expect(callCount).toBeGreaterThan(13)
    for (let n = 1; n <= callCount; n++) {
      expect({n, state: await killedAfter(n, bound, unbind)}).toEqual({n, state})
    }
  })
})
