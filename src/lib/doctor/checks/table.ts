import type {Column, Table} from '@aws-sdk/client-glue'
import {tableDifferences} from '../../binding/plan/differences'
import {hasColumnType} from '../../road/learnt-fields'
import type {TableInput} from '../../road/raw-table'
import type {Check} from '../check'
import {broken, ok} from '../finding'

/** The table over the raw objects: where it looks, how it reads, and whether it has every column of the contract. */
export const table: Check = {
  hop: 'table',
  after: ['database'],
  permissions: ['glue:GetTable'],
  run: async ({reads, road, commands}) => {
    const {database, input} = road.table
    const name = `${database}.${input.Name}`
    const found = await reads.table()
    if (!found) return broken(`There is no table ${name}: no report can run.`, commands.bind())
    const fields = tableDifferences(input, found)
    const faults = [
      ...(fields.includes('location')
        ? [
            `looks at ${found.StorageDescriptor?.Location ?? 'no place'}, not at ${input.StorageDescriptor.Location}`,
          ]
        : []),
      ...(fields.includes('columns') ? columnFaults(input, found) : []),
      ...(fields.includes('partitionKeys') ? ['has other partition keys than dt and hour'] : []),
      ...(fields.includes('format') ? [`reads another format than ${formats[road.recordFormat]}`] : []),
      ...(fields.includes('serdeParameters') ? serdeFaults(input, found) : []),
    ]
    if (faults.length > 0) return broken(`Table ${name} ${faults.join(', and ')}.`, commands.bind())
    return ok(`Table ${name} reads ${input.StorageDescriptor.Location} and has every column of the contract.`)
  },
}

const formats = {json: 'JSON lines', parquet: 'Parquet'} as const

/** Columns beside those of the contract are no fault. */
function columnFaults(wanted: TableInput, actual: Table): string[] {
  const types = new Map((actual.StorageDescriptor?.Columns ?? []).map(typed))
  const {Columns: columns} = wanted.StorageDescriptor
  const lacking = columns.filter(({Name: name}) => !types.has(name.toLowerCase())).map(({Name: name}) => name)
  const other = columns
    .filter(({Name: name, Type: type}) => types.has(name) && !hasColumnType(types.get(name), type))
    .map(({Name: name}) => name)
  return [
    ...(lacking.length > 0 ? [`has no column ${lacking.join(', ')}`] : []),
    ...(other.length > 0
      ? [`has another type of column ${other.join(', ')} than the contract of usage events`]
      : []),
  ]
}

function typed({Name: name, Type: type}: Column): [string, string] {
  return [(name ?? '').toLowerCase(), (type ?? '').toLowerCase()]
}

function serdeFaults(wanted: TableInput, actual: Table): string[] {
  const parameters = actual.StorageDescriptor?.SerdeInfo?.Parameters ?? {}
  const faults: Readonly<Record<string, string>> = {
    'mapping.detail_type': 'does not map detail_type to detail-type, so that the column is empty',
    'ignore.malformed.json': 'lets one malformed line fail every query',
    'case.insensitive': 'tells names apart by case, which the events do not',
  }
  return Object.entries(wanted.StorageDescriptor.SerdeInfo.Parameters).flatMap(([key, value]) =>
    parameters[key] === value ? [] : [faults[key] ?? `has another ${key}`],
  )
}
