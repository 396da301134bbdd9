import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'
import {dayMs, formatTime} from '../../core/time'
import type {Check} from '../check'
import {ok, skippedAfter, warn} from '../finding'
import {listObjects, newestOf} from '../lake/raw-objects'
import {readBeginning} from '../lake/read-beginning'

/** What Firehose could not write as an event lies under the error prefix, where no report looks. */
export const errorObjects: Check = {
  hop: 'error-objects',
  after: ['bucket'],
  permissions: ['s3:ListBucket'],
  run: async ({clients, reads, road, now, commands}) => {
    if (!(await reads.bucket())) return skippedAfter('bucket')
    const stream = await reads.stream().catch(() => undefined)
    const prefix = stream?.destination?.ErrorOutputPrefix ?? road.stream.destination.ErrorOutputPrefix
    const folder = prefix.split('!{')[0] ?? ''
    const {name} = road.bucket
    // A prefix that begins with an expression has no folder of its own.
    if (folder === '') return ok(`Errors are not kept apart in bucket ${name}.`)
    const objects = await listObjects(await clients.s3(), name, folder).catch((error: unknown) => {
      throw toOpError(error, `list the objects of bucket ${name}`)
    })
    const newest = newestOf(objects)
    if (!newest) return ok(`Nothing lies under s3://${name}/${folder}.`)
    const count = objects.length === 1 ? '1 object lies' : `${objects.length} objects lie`
    const seen = `${count} under s3://${name}/${folder}, the newest of ${formatTime(newest.writtenAt)}`
    if (now() - newest.writtenAt > 7 * dayMs) return ok(`${seen}: all older than a week.`)
    const why = newest.key.includes('format-conversion-failed')
      ? await conversionError(clients, name, newest.key)
      : ''
    return warn(
      `${seen}: Firehose could not write these events, and no report sees them.${why}`,
      commands.aws('s3', 'cp', `s3://${name}/${newest.key}`, '-'),
    )
  },
}

/** The first reason in an object of records that could not be converted; empty where none can be read. */
async function conversionError(clients: AwsClients, bucket: string, key: string): Promise<string> {
  const text = await readBeginning(clients, bucket, key).catch(() => '')
  const [, code] = /"lastErrorCode":("[^"]*")/.exec(text) ?? []
  const [, message] = /"lastErrorMessage":("(?:[^"\\]|\\.)*")/.exec(text) ?? []
  if (code === undefined || message === undefined) return ''
  return ` The newest says ${String(JSON.parse(code))}: ${String(JSON.parse(message))}`
}
