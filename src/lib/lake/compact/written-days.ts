import type {QueryExecution} from '@aws-sdk/client-athena'
import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../../aws/map-sdk-error'

/**
 * The days of the partitions that an INSERT wrote to, from the manifest that Athena leaves of it: one address of an object a line
 * (Athena user guide, "Identify query output files"). None where it wrote nothing. Throws what S3 refuses.
 */
export async function writtenDays(s3: S3Client, execution: QueryExecution): Promise<string[]> {
  const location = execution.Statistics?.DataManifestLocation
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location ?? '') ?? []
  if (Bucket === undefined || Key === undefined) return []
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const {Body: body} = await s3.send(new GetObjectCommand({Bucket, Key}))
    const text = (await body?.transformToString()) ?? ''
    return [...new Set(Array.from(text.matchAll(/\/dt=([^/]+)\//g), ([, day = '']) => day))]
  } catch (error) {
    throw toOpError(error, `read ${location}`)
  }
}
