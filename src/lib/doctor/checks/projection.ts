import {formatDay} from '../../core/time'
import type {Check} from '../check'
import {broken, ok, skippedAfter} from '../finding'
import type {RawObjects} from '../lake/raw-objects'
import {projectedDays} from '../lake/projected-days'

/** What the projection does not cover is there, and no query sees it. */
export const projection: Check = {
  hop: 'projection',
  after: ['database'],
  permissions: ['glue:GetTable', 's3:ListBucket'],
  run: async ({reads, road, now, commands}) => {
    const table = await reads.table()
    if (!table) return skippedAfter('table')
    const faults = faultsOf(table.Parameters ?? {}, road.table.input.Parameters)
    const range = table.Parameters?.['projection.dt.range']
    const days = projectedDays(range, now())
    if (!days) faults.push(`the range of days is ${range ?? 'not set'}`)
    const oldest = await oldestDay(reads.rawObjects())
    const today = formatDay(now())
    if (days && (today < days.first || today > days.last)) {
      faults.push(`today (${today}) is not among the days ${days.first} to ${days.last}`)
    }
    if (days && oldest !== undefined && oldest < days.first) {
      faults.push(`the first day is ${days.first}, and there are events of ${oldest}`)
    }
    const name = `${road.table.database}.${road.table.input.Name}`
    if (faults.length === 0 && days) {
      return ok(`Table ${name} has a partition for every hour from ${days.first} to ${days.last}.`)
    }
    return broken(`Queries over table ${name} do not see every event: ${faults.join('; ')}.`, commands.bind())
  },
}

/** Without the bucket, or the right to list it, the projection is judged by today alone. */
async function oldestDay(objects: Promise<RawObjects>): Promise<string | undefined> {
  return objects.then(
    (found) => found.oldestDay,
    () => undefined,
  )
}

const words: Readonly<Record<string, string>> = {
  'projection.enabled': 'partition projection is off',
  'storage.location.template': 'the partitions are looked for in another place',
  'projection.hour.range': 'not all hours of a day are covered',
}

/** The parameters that differ; the range of days is judged by what it covers. */
function faultsOf(
  actual: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const matters = /^(projection\.|storage\.)/.test(key) && key !== 'projection.dt.range'
    if (!matters || actual[key] === value) return []
    return [words[key] ?? `${key} is ${actual[key] ?? 'not set'} instead of ${value}`]
  })
}
