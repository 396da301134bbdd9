import type {Check, DoctorContext} from '../check'
import {broken, ok, skipped, skippedAfter, warn} from '../finding'
import type {Finding} from '../finding'
import {judgeRecords} from '../lake/judge-records'
import type {RawObject} from '../lake/raw-objects'
import {readBeginning} from '../lake/read-beginning'
import {hasDelimiter} from './delivery'
import {judgeParquet} from './parquet-object'

/** Reads the newest raw object: what is stored tells more than any setting. */
export const objects: Check = {
  hop: 'objects',
  after: ['bucket'],
  permissions: ['s3:ListBucket', 's3:GetObject'],
  run: async (context) => {
    const {reads, road} = context
    if (!(await reads.bucket())) return skippedAfter('bucket')
    const {newest} = await reads.rawObjects()
    if (!newest) return skipped(`Bucket ${road.bucket.name} has no raw events yet.`)
    return road.recordFormat === 'parquet' ? judgeParquet(context, newest) : judgeLines(context, newest)
  },
}

async function judgeLines(context: DoctorContext, {key}: RawObject): Promise<Finding> {
  const {clients, reads, road, commands} = context
  const {name} = road.bucket
  const verdict = judgeRecords(await readBeginning(clients, name, key))
  const address = `s3://${name}/${key}`
  switch (verdict.kind) {
    case 'lines':
      return ok(`The newest object has one event a line: ${address}.`)
    case 'empty':
      return warn(`The newest object is empty: ${address}.`)
    case 'concatenated': {
      const reason = `The newest object has events without line breaks, of which Athena reads only the first: ${address}.`
      const stream = await reads.stream()
      const isMended = stream?.destination !== undefined && hasDelimiter(stream.destination)
      return isMended
        ? warn(`${reason} The stream was mended since; this object stays as it is.`)
        : broken(reason, commands.bind())
    }
    case 'not-json':
      return warn(`Line ${verdict.line} of the newest object is no JSON object: ${address}.`)
    case 'not-event':
      return warn(
        `Line ${verdict.line} of the newest object is no EventBridge event (no ${verdict.missing.join(', ')}): ${address}. A target with an input setting writes such lines.`,
      )
  }
}
