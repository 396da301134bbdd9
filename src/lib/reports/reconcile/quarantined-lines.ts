import {gunzipSync} from 'node:zlib'
import type {S3Client} from '@aws-sdk/client-s3'
import {listObjects} from '../../aws/list-objects'
import {isAbsent, isDenied, toOpError} from '../../aws/map-sdk-error'
import {formatDay} from '../../core/time'
import type {TimeRange} from '../../core/time'
import {layout} from '../../road/layout'
import {arrivalBorder} from '../as-of'
import type {StatementPlace} from '../statements/statement-store'

/**
 * How many lines of raw objects that arrived in the range stand in the quarantine alone: compaction puts an object whose events no engine sees whole aside
 * (`broken/`), and what in it is no event is in no raw object any more. Other lines in the quarantine are in raw objects too. Undefined where the bucket may not be read. Throws what else S3
 * refuses.
 */
export async function quarantinedLines(
  {s3, bucket}: StatementPlace,
  range: TimeRange,
): Promise<bigint | undefined> {
  const client = await s3()
  try {
    const broken = await namesIn(client, bucket, layout.brokenFolder, range)
    if (broken.length === 0) return 0n
    const asides = new Set(broken.map((name) => `${name.replace(/\.gz$/, '')}.ndjson.gz`))
    let lines = 0n
    for (const name of await namesIn(client, bucket, layout.quarantineFolder, range)) {
      if (asides.has(name)) lines += await linesOf(client, bucket, `${layout.quarantineFolder}${name}`)
    }
    return lines
  } catch (error) {
    if (isAbsent(error)) return 0n
    if (isDenied(error)) return undefined
    throw toOpError(error, `read the quarantine of bucket ${bucket}`)
  }
}

/** Names under a folder, from the day on, of objects that arrived in the range. */
async function namesIn(
  s3: S3Client,
  bucket: string,
  folder: string,
  {from, to}: TimeRange,
): Promise<string[]> {
  const names: string[] = []
  for await (const {Key: key = ''} of listObjects(s3, {
    bucket,
    prefix: folder,
    after: `${folder}dt=${formatDay(from)}`,
  })) {
    const name = key.slice(folder.length)
    // Keys come in the order of their text, which is that of their days.
    if (name > `dt=${formatDay(to)}/~`) break
    const arrived = arrivalOfName(name)
    if (arrived >= arrivalBorder(from) && arrived < arrivalBorder(to)) names.push(name)
  }
  return names
}

/** What `arrivedAt` says of an object, from its name behind the folder. */
function arrivalOfName(name: string): string {
  const [, own] = /^.*-(\d{4}(?:-\d{2}){5})-[^/]*$/.exec(name) ?? []
  const [, day, hour] = /^dt=([0-9-]{10})\/hour=([0-9]{2})\//.exec(name) ?? []
  return own ?? (day === undefined ? '' : `${day}-${hour}-00-00`)
}

async function linesOf(s3: S3Client, Bucket: string, Key: string): Promise<bigint> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  const {Body: body} = await s3.send(new GetObjectCommand({Bucket, Key}))
  const text = gunzipSync((await body?.transformToByteArray()) ?? Buffer.alloc(0)).toString('utf8')
  return BigInt(text.split('\n').filter((line) => line !== '').length)
}
