import {gzipSync} from 'node:zlib'
import {layout, rawLayouts} from '../../road/layout'
import {putObject} from '../../aws/kept-object'
import type {LakeDeps, LakePlace} from './lake-deps'
import type {QuarantinedLine} from './read-raw-object'

/** Where the lines of a raw object that are no events are kept: the same hour, the same name. */
export function quarantineKey(key: string): string {
  const {folder} = rawLayouts.json
  const name = key.startsWith(folder) ? key.slice(folder.length) : key
  return `${layout.quarantineFolder}${name.replace(/\.gz$/, '')}.ndjson.gz`
}

/**
 * Keeps the lines of a raw object that are no events, each with its reason, in an object of their own. Doing it again writes the same object
 * again. Throws what S3 refuses.
 */
export async function quarantine(
  {s3}: LakeDeps,
  {bucket}: LakePlace,
  key: string,
  lines: readonly QuarantinedLine[],
): Promise<void> {
  if (lines.length === 0) return
  const body = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  await putObject(s3, bucket, {key: quarantineKey(key), body, contentType: 'application/x-ndjson'})
}
