import {gzipSync} from 'node:zlib'
import {toOpError} from '../../aws/map-sdk-error'
import {layout, rawLayouts} from '../../road/layout'
import {putObject} from '../../aws/kept-object'
import type {LakeDeps, LakePlace} from './lake-deps'
import {quarantine} from './quarantine'
import {readRawObject} from './read-raw-object'

const mendedEnd = '.mended.gz'

/** Whether an object was written by `mend`. */
export function isMended(key: string): boolean {
  return key.endsWith(mendedEnd)
}

/** What stands in the place of a raw object. */
export interface Mended {
  /** Undefined where there was no event in it. */
  key: string | undefined
  quarantinedCount: number
}

/** Text of events that is packed at once. */
const chunkChars = 4 * 1024 * 1024

/**
 * Puts an object in the place of a raw one whose events no engine sees whole (several on a line, packed under a name that does not say so, cut
 * short): the same events, one a line. What is no event goes to quarantine, and the object itself, byte for byte, to `broken/`; only then
 * is it taken away. Being killed on the way changes nothing: events that are there twice count once. Throws what
 * S3 refuses.
 */
export async function mend(deps: LakeDeps, place: LakePlace, key: string): Promise<Mended> {
  // Packed piece by piece: gzip files behind each other are one.
  const packed: Buffer[] = []
  let text = ''
  const pack = () => {
    if (text !== '') packed.push(gzipSync(text))
    text = ''
  }
  const {malformed} = await readRawObject(deps, place, key, (event) => {
    text += `${event.replace(/[\r\n]+/g, ' ')}\n`
    if (text.length > chunkChars) pack()
  })
  pack()
  const mended = packed.length === 0 ? undefined : `${key.replace(/\.gz$/, '')}${mendedEnd}`
  if (mended !== undefined) {
    const body = Buffer.concat(packed)
    await putObject(deps.s3, place.bucket, {key: mended, body, contentType: 'application/x-ndjson'})
  }
  await quarantine(deps, place, key, malformed)
  await putAside(deps, place, key)
  return {key: mended, quarantinedCount: malformed.length}
}

/** Where the object itself lies afterwards. */
export function brokenKey(key: string): string {
  return `${layout.brokenFolder}${key.slice(rawLayouts.json.folder.length)}`
}

async function putAside({s3}: LakeDeps, {bucket: Bucket}: LakePlace, key: string): Promise<void> {
  const {CopyObjectCommand, DeleteObjectCommand} = await import('@aws-sdk/client-s3')
  const CopySource = `${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  try {
    await s3.send(new CopyObjectCommand({Bucket, Key: brokenKey(key), CopySource}))
    await s3.send(new DeleteObjectCommand({Bucket, Key: key}))
  } catch (error) {
    throw toOpError(error, `put s3://${Bucket}/${key} aside`)
  }
}
