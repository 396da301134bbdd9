import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import {Sandbox} from './run-tool'

const region = 'eu-west-1'
const bucket = 'usage-000000000000-eu-west-1'
const hourMs = 3_600_000

let sandbox: Sandbox
let endpoint: string
let env: Record<string, string>
const sentAt = Date.now()
const time = (hoursAgo: number) => new Date(sentAt - hoursAgo * hourMs).toISOString()

function event(eventId: string, more: object = {}): object {
  return {
    eventId,
    occurredAt: time(1),
    service: {name: 'shop'},
    api: {method: 'GET'},
    customer: {id: 'acme'},
    ...more,
  }
}

const stored = (detail: object) => ({'detail-type': 't', source: 's', id: 'bus-id', time: time(2), detail})

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  endpoint = (JSON.parse(await sandbox.start(words).line) as {endpoint: string}).endpoint
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: region}
  await sandbox.run(['bind-target', '--yes', '--dlq', 'dead'], env)
  const lines = [
    event('one', {quantity: 3}),
    event('two', {feature: 'checkout', response: {status: 500}}),
    event('two', {feature: 'checkout', response: {status: 500}}),
    event('try', {test: true}),
    event('old', {occurredAt: time(50), customer: {id: 'other'}}),
  ]
  const file = join(sandbox.folder, 'events.ndjson')
  writeFileSync(
    file,
    lines.map((line) => JSON.stringify(line).replace('"quantity":3', '"quantity":3.10')).join('\n'),
  )
  await sandbox.run(['events', 'send', file], env)
  await sandbox.run(['local', 'flush'], env)
})
afterAll(() => sandbox.close())

interface Found {
  hop: string
  eventId: string
  bills?: string
  place: string
  reason?: string
  arrivedAt?: string
  event?: {detail: object}
}

async function find(...words: string[]): Promise<{exitCode: number | null; found: Found[]; stdout: string}> {
  const {exitCode, stdout} = await sandbox.run(['events', 'find', ...words], env)
  const found = stdout.startsWith('{')
    ? stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Found)
    : []
  return {exitCode, found, stdout}
}

const billed = (found: Found[]) => found.map(({eventId, bills}) => `${eventId} ${bills}`).sort()

describe('events find', () => {
  it('finds an event by its id, whole, with its object and time of arrival', async () => {
    const {exitCode, found, stdout} = await find('one')

    expect({exitCode, found}).toMatchObject({
      exitCode: 0,
      found: [{hop: 'lake', eventId: 'one', bills: 'counted'}],
    })
    expect(found[0]?.place).toMatch(/^s3:\/\/usage-000000000000-eu-west-1\/events\/dt=/)
    expect(Date.parse(found[0]?.arrivedAt ?? '')).toBeGreaterThanOrEqual(sentAt - 60_000)
    expect(stdout).toContain('"quantity":3.10')
  })

  it('says of every copy how it bills', async () => {
    const {found} = await find('--from', '-3d')

    expect(billed(found)).toEqual(['old late', 'one counted', 'try test', 'two counted', 'two duplicate'])
  })

  it.each([
    [['--customer', 'other'], ['old late']],
    [['--feature', 'checkout', '--limit', '1'], ['two counted']],
    [
      ['--where', 'detail.response.status>=500'],
      ['two counted', 'two duplicate'],
    ],
    [['--to', '-2h', '--service', 'shop'], ['old late']],
  ])('finds what meets %j', async (words, expected) => {
    expect(billed((await find(...words)).found)).toEqual(expected)
  })

  it('finds what the stream could not write, and why', async () => {
    const client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: {accessKeyId: 'a', secretAccessKey: 'b'},
    })
    const line = {
      arrivalTimestamp: sentAt,
      lastErrorCode: 'DataFormatConversion.ParseError',
      lastErrorMessage: 'no number',
      rawData: Buffer.from(JSON.stringify(stored(event('unfit')))).toString('base64'),
    }
    const Key = `errors/format-conversion-failed/dt=${time(0).slice(0, 10)}/a`
    await client.send(new PutObjectCommand({Bucket: bucket, Key, Body: `${JSON.stringify(line)}\n`}))
    client.destroy()

    const {exitCode, found} = await find('unfit')

    expect({exitCode, found}).toMatchObject({
      exitCode: 0,
      found: [
        {
          hop: 'stream-errors',
          eventId: 'unfit',
          place: `s3://${bucket}/${Key}`,
          reason: 'DataFormatConversion.ParseError: no number',
          event: {detail: {eventId: 'unfit'}},
        },
      ],
    })
  })

  it('finds a line that is no event, in quarantine, and why', async () => {
    const client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: {accessKeyId: 'a', secretAccessKey: 'b'},
    })
    const line = {
      object: `s3://${bucket}/events/dt=2026-11-10/hour=05/o.gz`,
      position: 'line 3',
      reason: 'Unexpected end of JSON input',
      text: '{"detail":{"eventId":"torn","service',
    }
    const Key = 'quarantine/dt=2026-11-10/hour=05/o.ndjson'
    await client.send(new PutObjectCommand({Bucket: bucket, Key, Body: `${JSON.stringify(line)}\n`}))
    client.destroy()

    const {exitCode, found} = await find('torn')

    expect({exitCode, found}).toMatchObject({
      exitCode: 0,
      found: [{hop: 'quarantine', eventId: 'torn', place: `s3://${bucket}/${Key}`}],
    })
    expect(found[0]?.reason).toBe(`line 3 of ${line.object} is no event: ${line.reason}`)
  })

  it('finds a dead letter, and leaves it where it is', async () => {
    const client = new SQSClient({endpoint, region, credentials: {accessKeyId: 'a', secretAccessKey: 'b'}})
    const {QueueUrl} = await client.send(new GetQueueUrlCommand({QueueName: 'dead'}))
    const attribute = {DataType: 'String', StringValue: 'NO_PERMISSIONS'}
    for (const id of ['lost', 'other']) {
      const MessageBody = JSON.stringify(stored(event(id)))
      await client.send(
        new SendMessageCommand({QueueUrl, MessageBody, MessageAttributes: {ERROR_CODE: attribute}}),
      )
    }

    const {exitCode, found} = await find('lost', 'one', 'nobody')

    expect({exitCode, found}).toMatchObject({
      exitCode: 3,
      found: [
        {eventId: 'one'},
        {hop: 'dead-letters', eventId: 'lost', reason: 'NO_PERMISSIONS', place: QueueUrl},
      ],
    })
    const AttributeNames: ['ApproximateNumberOfMessages'] = ['ApproximateNumberOfMessages']
    const {Attributes} = await client.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames}))
    client.destroy()
    expect(Attributes).toEqual({ApproximateNumberOfMessages: '2'})
  })

  it.each([
    [3, 'EVENT_ABSENT', ['nobody']],
    [3, 'EVENT_ABSENT', ['--customer', "o'hara"]],
    [2, 'BAD_WHERE', ['--where', 'nothing']],
    [2, 'BAD_TIME', ['one', '--from', 'soon']],
  ])('ends with %d and %s on %j', async (exitCode, code, words) => {
    const ended = await sandbox.run(['events', 'find', ...words, '--json'], env)

    expect(ended.exitCode).toBe(exitCode)
    expect(JSON.parse(ended.stdout)).toMatchObject({error: {code}})
  })
})
