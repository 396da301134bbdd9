import schema from './usage-event.schema.json'

/** One leaf of a usage event and the column type that it has in the raw table. */
export interface UsageEventColumn {
  /** Names as they stand in the event, outermost first: `['service', 'name']`. */
  path: readonly string[]
  /** The same in the raw table, where names are lower case: `service.name`. */
  column: string
  hiveType: string
}

interface SchemaNode {
  properties?: Readonly<Record<string, SchemaNode>>
  'x-hive-type'?: string
}

/**
 * Every leaf of the contract, in its order, with the Hive type that the contract names.
 *
 * `quantity` is a `string` on purpose. It is multiplied with prices, so it must not become a double, and both readers hand
 * a JSON number to a string column as text: integers of any size stay exact, decimals up to 15 significant digits do.
 * `decimal(38,9)` would read the same numbers, but an amount beyond it fails the whole query in DuckDB, where Athena
 * answers null. A query casts: `TRY_CAST(detail.quantity AS DECIMAL(38, 9))`. `occurredAt` is text because the SerDe reads
 * only some of ISO-8601 as a timestamp.
 */
export function usageEventColumns(): UsageEventColumn[] {
  return leavesOf(schema, [])
}

/** The type of the raw table's `detail` column: `struct<eventid:string,...,service:struct<name:string,...>,...>`. */
export function detailHiveType(): string {
  return hiveTypeOf(schema)
}

function leavesOf(node: SchemaNode, path: readonly string[]): UsageEventColumn[] {
  const hiveType = node['x-hive-type']
  if (hiveType !== undefined) return [{path, column: path.join('.').toLowerCase(), hiveType}]
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => leavesOf(child, [...path, name]))
}

function hiveTypeOf(node: SchemaNode): string {
  const hiveType = node['x-hive-type']
  if (hiveType !== undefined) return hiveType
  const members = Object.entries(node.properties ?? {})
  return `struct<${members.map(([name, child]) => `${name.toLowerCase()}:${hiveTypeOf(child)}`).join(',')}>`
}
