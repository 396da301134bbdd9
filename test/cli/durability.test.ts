import {gunzipSync} from 'node:zlib'
import {EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {GetObjectCommand, ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3'
import {temporaryFolder} from '../_helpers/endpoint'
import {parquetValues} from '../_helpers/parquet'
import {runs} from '../_helpers/runs'
import {runTool, serve, type Serving} from '../_helpers/tool'

const writers = 4
const region = 'us-east-1'
const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}

/** Ids of events whose acceptance was answered; whoever waits for a number of them is told when there are as many. */
class Acknowledged {
  readonly ids = new Set<string>()
  private waiting: {count: number; resolve: () => void}[] = []

  add(id: string): void {
    this.ids.add(id)
    const isReached = ({count}: {count: number}): boolean => this.ids.size >= count
    for (const {resolve} of this.waiting.filter(isReached)) resolve()
    this.waiting = this.waiting.filter((one) => !isReached(one))
  }

  reaches(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({count, resolve}))
  }
}

/** Sends events until the endpoint is gone, and keeps the ids of those whose acceptance was answered. */
async function writeUntilGone(url: string, writer: number, acknowledged: Acknowledged): Promise<void> {
  const events = new EventBridgeClient({endpoint: url, region, credentials, maxAttempts: 1})
  for (let n = 0; ; n += 1) {
    const Entries = Array.from({length: 5}, (_, i) => ({
      EventBusName: 'usage',
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: JSON.stringify({
        eventId: `${writer}-${n}-${i}`,
        service: {name: 'writer'},
        api: {operation: 'write'},
      }),
    }))
    try {
      const answer = await events.send(new PutEventsCommand({Entries}))
      for (const entry of answer.Entries ?? []) acknowledged.add(entry.EventId ?? 'refused')
    } catch {
      return
    }
  }
}

/** The ids of the events in an object of the lake. */
type ReadIds = (content: Buffer) => Promise<string[]>

const ofLines: ReadIds = async (content) => {
  const lines = gunzipSync(content).toString('utf8').split('\n').filter(Boolean)
  return lines.map((line) => (JSON.parse(line) as {id: string}).id)
}
const ofParquet: ReadIds = async (content) => (await parquetValues(content, 'id')).map(String)

async function deliveredIds(serving: Serving, folder: string, read: ReadIds): Promise<Map<string, number>> {
  const s3 = new S3Client({endpoint: serving.url, region, credentials})
  const Bucket = `usage-000000000000-${region}`
  const ids = new Map<string, number>()
  let ContinuationToken: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({Bucket, Prefix: folder, ContinuationToken}))
    for (const {Key} of page.Contents ?? []) {
      const {Body} = await s3.send(new GetObjectCommand({Bucket, Key}))
      const content = Buffer.from((await Body?.transformToByteArray()) ?? [])
      for (const id of await read(content)) ids.set(id, (ids.get(id) ?? 0) + 1)
    }
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken)
  return ids
}

describe('an endpoint that is killed', () => {
  it.each([
    {format: 'json', rounds: runs(5, 20), folder: 'events/', read: ofLines},
    {format: 'parquet', rounds: runs(3, 8), folder: 'events-parquet/', read: ofParquet},
  ])(
    'loses nothing that it acknowledged, at $rounds random moments, as $format',
    async (form) => {
      const {format, rounds, folder, read} = form
      const dataDir = temporaryFolder()
      const acknowledged = new Acknowledged()
      const words = ['bind-target', '--record-format', format, '--yes', '--json']
      const bound = runTool([...words, '--local', '--data-dir', dataDir])
      expect(bound).toMatchObject({status: 0, stderr: expect.any(String)})

      for (let round = 0; round < rounds; round += 1) {
        const serving = await serve(dataDir)
        const writing = Array.from({length: writers}, (_, w) =>
          writeUntilGone(serving.url, round * writers + w, acknowledged),
        )
        // So many answers later, and not so much time: then a slow machine is killed at work, too.
        const moment = acknowledged.reaches(acknowledged.ids.size + 1 + Math.floor(Math.random() * 500))
        const flushing = Math.random() < 0.5
        // Half of the kills come while buffers are being written to the bucket.
        if (flushing)
          void fetch(`${serving.url}/_usage-tracker/flush`, {method: 'POST'}).catch(() => undefined)
        await moment
        await serving.end('SIGKILL')
        await Promise.all(writing)
      }

      const serving = await serve(dataDir)
      await fetch(`${serving.url}/_usage-tracker/flush`, {method: 'POST'})
      const delivered = await deliveredIds(serving, folder, read)
      await serving.end()
      const lost = [...acknowledged.ids].filter((id) => !delivered.has(id))
      expect(acknowledged.ids.has('refused')).toBe(false)
      expect(lost).toEqual([])
      // More than the service promises (it may deliver an event twice): neither crash leaves an event in two places.
      expect([...delivered].filter(([, times]) => times !== 1)).toEqual([])
    },
    180_000,
  )
})
