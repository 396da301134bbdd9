import type {HiveField} from '../hive-type'
import {SqlFailure} from '../sql-failure'

/** Columns and partition columns, which have to be the last ones, in the order of `partitioned_by`. Throws SqlFailure. */
export function partitionedBy(
  fields: readonly HiveField[],
  names: readonly string[],
): {columns: HiveField[]; keys: HiveField[]} {
  const missing = names.filter((name) => !fields.some((field) => field.name === name))
  if (missing.length > 0) {
    throw new SqlFailure(
      `INVALID_TABLE_PROPERTY: Partition columns [${missing.join(', ')}] not present in schema`,
    )
  }
  if (names.length > 0 && names.length === fields.length) {
    throw new SqlFailure('INVALID_TABLE_PROPERTY: Table contains only partition columns')
  }
  const split = fields.length - names.length
  const [columns, keys] = [fields.slice(0, split), fields.slice(split)]
  if (keys.some((key, place) => key.name !== names[place])) {
    throw new SqlFailure(
      `HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [${names.join(', ')}]`,
    )
  }
  const nested = keys.find((key) => key.type.kind !== 'scalar')
  if (nested) {
    throw new SqlFailure(`NOT_SUPPORTED: Unsupported type of the partition column ${nested.name}`)
  }
  return {columns, keys}
}
