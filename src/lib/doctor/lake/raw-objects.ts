import type {S3Client} from '@aws-sdk/client-s3'
import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'
import {allItems} from '../../aws/paginate'

export interface RawObject {
  key: string
  sizeBytes: number
  /** When it was written, milliseconds since 1970. */
  writtenAt: number
}

export interface RawObjects {
  /** The first day that has a partition, `2026-11-01`; undefined where there is none. */
  oldestDay: string | undefined
  /** The last object that was written into the newest hour. */
  newest: RawObject | undefined
}

/**
 * Finds the ends of the raw events in a folder by three listings: the days, the hours of the newest day, the objects of its newest hour.
 * Days after tomorrow are left out: no clock is that far ahead. Throws what S3 says.
 */
export async function findRawObjects(
  clients: AwsClients,
  bucket: string,
  folder: string,
  now: number,
): Promise<RawObjects> {
  const client = await clients.s3()
  try {
    const days = await foldersUnder(client, bucket, folder)
    const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10)
    const known = days.map((day) => ({place: day, name: /\/dt=(\d{4}-\d{2}-\d{2})\/$/.exec(day)?.[1]}))
    const sane = known.flatMap(({place, name}) =>
      name === undefined || name > tomorrow ? [] : [{place, name}],
    )
    const newestDay = sane.at(-1)
    if (!newestDay) return {oldestDay: undefined, newest: undefined}
    const hours = await foldersUnder(client, bucket, newestDay.place)
    const objects = await listObjects(client, bucket, hours.at(-1) ?? newestDay.place)
    return {oldestDay: sane[0]?.name, newest: newestOf(objects)}
  } catch (error) {
    throw toOpError(error, `list the objects of bucket ${bucket}`)
  }
}

/** The object that was written last. */
export function newestOf(objects: readonly RawObject[]): RawObject | undefined {
  return objects.reduce<RawObject | undefined>(
    (newest, object) => (newest === undefined || object.writtenAt >= newest.writtenAt ? object : newest),
    undefined,
  )
}

/** Every object under a prefix. Throws what S3 says. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<RawObject[]> {
  const {ListObjectsV2Command} = await import('@aws-sdk/client-s3')
  const found = await allItems(
    (token) =>
      client.send(new ListObjectsV2Command({Bucket: bucket, Prefix: prefix, ContinuationToken: token})),
    (page) => page.NextContinuationToken,
    (page) => page.Contents,
  )
  return found.map((object) => ({
    key: object.Key ?? '',
    sizeBytes: object.Size ?? 0,
    writtenAt: object.LastModified?.getTime() ?? 0,
  }))
}

async function foldersUnder(client: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const {ListObjectsV2Command} = await import('@aws-sdk/client-s3')
  const folders = await allItems(
    (token) =>
      client.send(
        new ListObjectsV2Command({Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken: token}),
      ),
    (page) => page.NextContinuationToken,
    (page) => page.CommonPrefixes,
  )
  return folders.map(({Prefix: folder}) => folder ?? '').sort()
}
