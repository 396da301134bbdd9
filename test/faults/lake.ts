import {gunzipSync} from 'node:zlib'
import {S3Client, GetObjectCommand, paginateListObjectsV2} from '@aws-sdk/client-s3'
import {runCommand} from '../_helpers/run-command'
import type {TestEndpoint} from '../_helpers/endpoint'

const region = 'eu-west-1'

/** Wires a road with every default on the endpoint. */
export async function bindRoad(endpoint: TestEndpoint): Promise<void> {
  const words = ['bind-target', '--yes', '--endpoint-url', endpoint.url, '--region', region]
  const {exitCode, stdout} = await runCommand(words)
  if (exitCode !== 0) throw new Error(`bind-target failed: ${stdout}`)
}

/** How often each `eventId` stands in the raw objects. */
export async function idsInLake(endpoint: TestEndpoint): Promise<Map<string, number>> {
  await endpoint.flush()
  const s3 = new S3Client({...endpoint.client, forcePathStyle: true})
  const place = {Bucket: `usage-000000000000-${region}`, Prefix: 'events/'}
  const counts = new Map<string, number>()
  for await (const {Contents = []} of paginateListObjectsV2({client: s3}, place)) {
    for (const {Key} of Contents) {
      const {Body} = await s3.send(new GetObjectCommand({Bucket: place.Bucket, Key}))
      for (const id of idsOf(Buffer.from((await Body?.transformToByteArray()) ?? []))) {
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
    }
  }
  s3.destroy()
  return counts
}

function idsOf(object: Buffer): string[] {
  const bytes = object[0] === 0x1f ? gunzipSync(object) : object
  const lines = bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => (JSON.parse(line) as {detail: {eventId: string}}).detail.eventId)
}

/** Calls by feature, as `report features` counts them. */
export async function callsByFeature(endpoint: TestEndpoint): Promise<Map<string, number>> {
  const range = ['--from', '2026-11-02', '--to', '2026-11-04', '--limit', '100000']
  const place = ['--endpoint-url', endpoint.url, '--region', region]
  const {answer} = await runCommand(['report', 'features', '--json', ...range, ...place])
  const {rows} = answer as {rows: {feature: string; calls: number}[]}
  return new Map(rows.map(({feature, calls}) => [feature, calls]))
}
