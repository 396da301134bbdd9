import {toOpError} from '../../aws/map-sdk-error'
import type {DoctorContext} from '../check'
import {broken, ok, warn} from '../finding'
import type {Finding} from '../finding'
import type {RawObject} from '../lake/raw-objects'
import {isParquet} from '../lake/read-ends'

/**
 * Judges a raw object by its first and last bytes, which tell a Parquet file, and by a query over it alone, which tells how many
 * events it holds. Where no query can be made, the table's and the workgroup's own checks say why.
 */
export async function judgeParquet(context: DoctorContext, {key}: RawObject): Promise<Finding> {
  const {clients, road, commands} = context
  const {name} = road.bucket
  const address = `s3://${name}/${key}`
  const table = `${road.table.database}.${road.table.input.Name}`
  if (!(await isParquet(clients, name, key))) {
    return broken(
      `The newest object is no Parquet file, and every query over table ${table} that comes to it fails: ${address}.`,
      commands.aws('s3', 'mv', address, `s3://${name}/no-parquet/${key}`),
    )
  }
  const seen = await countEvents(context, key).catch((error: unknown) => toOpError(error, 'count its events'))
  if (seen instanceof Error) {
    return ok(`The newest object is a Parquet file: ${address}. Its events were not counted: ${seen.message}`)
  }
  if (seen.events === 0) return warn(`The newest object holds no event: ${address}.`)
  if (seen.typed < seen.events) {
    return warn(
      `${seen.events - seen.typed} of the ${seen.events} events in the newest object have no detail-type: ${address}. A target with an input setting writes such events, and so does a conversion that does not read the key.`,
    )
  }
  const events = seen.events === 1 ? '1 event' : `${seen.events} events`
  return ok(`The newest object is Parquet with ${events}: ${address}.`)
}

/** How many events an object holds, and how many of them have what every EventBridge event has. */
async function countEvents(
  {query, road}: DoctorContext,
  key: string,
): Promise<{events: number; typed: number}> {
  const [, dt = '', hour = ''] = /\/dt=([^/]*)\/hour=([^/]*)\//.exec(key) ?? []
  const sql = `SELECT count(*) AS events, count(detail_type) AS typed FROM "${road.table.input.Name}"
WHERE dt = ? AND hour = ? AND "$path" = ?`
  const values = [dt, hour, `s3://${road.bucket.name}/${key}`]
  const [row] = await query(sql, values.map(literal))
  return {events: Number(row?.['events'] ?? 0), typed: Number(row?.['typed'] ?? 0)}
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
