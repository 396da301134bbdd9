import type {Column, StorageDescriptor, TableInput} from '@aws-sdk/client-glue'
import type {TableRow} from '../../catalog'
import {invalidInput} from './errors'
import {nameOf, refuse} from './input'

/** What a table's row holds beside its `TableInput`. */
export type TablePlace = Pick<
  TableRow,
  'DatabaseName' | 'CatalogId' | 'VersionId' | 'CreateTime' | 'UpdateTime'
>

/** The row of a table: its input with names in lower case, and its place. Throws `InvalidInputException`. */
export function toTableRow(input: TableInput | undefined, place: TablePlace): TableRow {
  if (!input) throw invalidInput('TableInput must be given.')
  refuse(input, ['TargetTable', 'ViewDefinition'])
  const {StorageDescriptor: storage, PartitionKeys: keys, ...rest} = input
  const columns = storage?.Columns ?? []
  const names = [...columns, ...(keys ?? [])].map((column) => column.Name?.toLowerCase())
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) throw invalidInput(`Duplicate column name: ${twice}`)
  return {
    ...rest,
    ...place,
    Name: nameOf(input.Name, 'tableInput.name'),
    Retention: input.Retention ?? 0,
    PartitionKeys: foldColumns(keys ?? []),
    ...(storage ? {StorageDescriptor: foldStorage(storage)} : {}),
    IsRegisteredWithLakeFormation: false,
  }
}

/** A storage descriptor with column names in lower case. Throws `InvalidInputException` on an empty column name. */
export function foldStorage(storage: StorageDescriptor): StorageDescriptor {
  return storage.Columns ? {...storage, Columns: foldColumns(storage.Columns)} : storage
}

function foldColumns(columns: readonly Column[]): Column[] {
  return columns.map((column) => ({...column, Name: nameOf(column.Name, 'column.name')}))
}
