import {PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {DescribeDeliveryStreamCommand, UpdateDestinationCommand} from '@aws-sdk/client-firehose'
import {GetRolePolicyCommand} from '@aws-sdk/client-iam'
import {ListObjectsV2Command} from '@aws-sdk/client-s3'
import {AwsClients} from '../../../src/lib/aws/clients'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import type {Change} from '../../../src/lib/binding/change'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {shortSleep} from '../../_helpers/eventually'
import {settings as anyAccount} from './_settings'

const settings: RoadSettings = {
  ...anyAccount,
  accountId: '000000000000',
  bucket: 'usage-000000000000-eu-west-1',
}

jest.setTimeout(60_000)

const deps = {now: () => Date.now(), sleep: shortSleep}

describe('the form of records', () => {
  let endpoint: TestEndpoint
  let clients: AwsClients

  beforeEach(async () => {
    endpoint = await testEndpoint()
    const {region, credentials} = endpoint.client
    clients = new AwsClients({region, credentials, endpoint: endpoint.url})
  })

  afterEach(async () => {
    await clients.close()
    await discard(endpoint)
  })

  /** Binds and returns what was changed, without notes. */
  async function bind(...all: Partial<RoadSettings>[]): Promise<Change[]> {
    const plans = await planBindings(
      clients,
      all.map((part) => ({...settings, ...part})),
    )
    const done: Change[] = []
    await applyBindings({clients, ...deps}, plans, (change) => done.push(change))
    return done
  }

  const words = (changes: readonly Change[]): string[] =>
    changes.map(({action, resource, name}) => `${action} ${resource} ${name}`)

  const send = async (): Promise<void> => {
    const Entries = [
      {EventBusName: 'usage', Source: 'my-applications', DetailType: 'api-usage-event', Detail: '{}'},
    ]
    await (await clients.eventBridge()).send(new PutEventsCommand({Entries}))
    await endpoint.flush()
  }

  const folders = async (): Promise<string[]> => {
    const {Contents = []} = await (
      await clients.s3()
    ).send(new ListObjectsV2Command({Bucket: settings.bucket}))
    return Contents.map(({Key = ''}) => Key.slice(0, Key.indexOf('/')))
  }

  const deliveryActions = async (): Promise<string> => {
    const {name, policyName} = roadResources(settings).deliveryRole
    const {PolicyDocument = ''} = await (
      await clients.iam()
    ).send(new GetRolePolicyCommand({RoleName: name, PolicyName: policyName}))
    return decodeURIComponent(PolicyDocument)
  }

  /** Changes the stream behind the tool's back. */
  const tamper = async (conversion: object): Promise<void> => {
    const firehose = await clients.firehose()
    const DeliveryStreamName = settings.stream
    const {DeliveryStreamDescription: found} = await firehose.send(
      new DescribeDeliveryStreamCommand({DeliveryStreamName}),
    )
    await firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName,
        CurrentDeliveryStreamVersionId: found?.VersionId,
        DestinationId: found?.Destinations?.[0]?.DestinationId,
        ExtendedS3DestinationUpdate: {DataFormatConversionConfiguration: conversion},
      }),
    )
  }

  it('is Parquet where it is asked for: the table comes before the stream, and no second run changes a thing', async () => {
    const made = words(await bind({recordFormat: 'parquet'}))

    expect(made).toContain('create table usage.raw_events_parquet')
    expect(made).not.toContain('create table usage.raw_events')
    expect(made.indexOf('create table usage.raw_events_parquet')).toBeLessThan(
      made.indexOf('create stream usage-events'),
    )
    expect(await bind({recordFormat: 'parquet'})).toEqual([])
    await send()
    expect(await folders()).toEqual(['events-parquet'])
  })

  it('stays as it is where nothing is said of it', async () => {
    await bind({recordFormat: 'parquet'})

    expect(await bind({})).toEqual([])
    expect(await bind({rule: 'second'})).toEqual([
      expect.objectContaining({action: 'create', resource: 'role'}),
      expect.objectContaining({action: 'create', resource: 'policy'}),
      expect.objectContaining({action: 'create', resource: 'rule'}),
      expect.objectContaining({action: 'create', resource: 'target'}),
    ])
  })

  it('counts for all bindings of one stream, and two of them cannot name two', async () => {
    const made = words(await bind({rule: 'a', recordFormat: 'parquet'}, {rule: 'b'}))

    expect(made.filter((line) => line.includes('table'))).toEqual(['create table usage.raw_events_parquet'])
    await expect(
      bind({rule: 'a', recordFormat: 'parquet'}, {rule: 'b', recordFormat: 'json'}),
    ).rejects.toMatchObject({code: 'BINDINGS_CLASH'})
  })

  it.each([
    ['switched off', {Enabled: false}],
    ['held at an old version', {SchemaConfiguration: {VersionId: '0'}}],
    ['without the key of detail-type', {InputFormatConfiguration: {Deserializer: {OpenXJsonSerDe: {}}}}],
  ])('is mended where the conversion was changed by hand: %s', async (_what, conversion) => {
    await bind({recordFormat: 'parquet'})
    await tamper(conversion)

    expect(await bind({})).toEqual([
      {action: 'update', resource: 'stream', name: 'usage-events', fields: ['formatConversion']},
    ])
    expect(await bind({})).toEqual([])
  })

  it('can be changed and changed back, each form in a folder and a table of its own', async () => {
    await bind({})
    await send()
    const there = await bind({recordFormat: 'parquet'})
    await send()
    const glueWhileParquet = (await deliveryActions()).includes('glue:')
    const back = await bind({recordFormat: 'json'})
    await send()

    expect(words(there)).toEqual([
      'create table usage.raw_events_parquet',
      'update policy usage-tracker-eu-west-1-usage-events-delivery',
      'update stream usage-events',
    ])
    expect(there.at(-1)?.note).toBe(
      'writes Parquet from now on; what it wrote as JSON stays in table usage.raw_events, and reports count both',
    )
    // What the stream needs no more is taken away behind it.
    expect(words(back)).toEqual([
      'update stream usage-events',
      'update policy usage-tracker-eu-west-1-usage-events-delivery',
    ])
    expect([glueWhileParquet, (await deliveryActions()).includes('glue:')]).toEqual([true, false])
    expect((await folders()).sort()).toEqual(['events', 'events', 'events-parquet'])
    expect(await bind({})).toEqual([])
  })

  it('need not be named to take the road away, with the tables of both forms', async () => {
    await bind({})
    await bind({recordFormat: 'parquet'})

    await applyRemovals({clients, ...deps}, await planRemovals(clients, [settings]))

    const [left] = await planRemovals(clients, [settings])
    expect(left?.changes).toEqual([])
  })

  it('is no matter of another target', async () => {
    await expect(
      bind({recordFormat: 'parquet', targetArn: 'arn:aws:sqs:eu-west-1:000000000000:queue'}),
    ).rejects.toMatchObject({
      code: 'OPTIONS_CLASH',
      message: 'Only a delivery stream has a form of records: not with a queue.',
    })
  })
})
