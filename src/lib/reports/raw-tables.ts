import type {GlueClient} from '@aws-sdk/client-glue'
import {isAbsent, isDenied, toOpError} from '../aws/map-sdk-error'
import {rawLayouts} from '../road/layout'
import {recordFormats} from '../road/record-format'
import type {RecordFormat} from '../road/record-format'

/** The raw tables of a lake, by the form of their objects, and what the user must know about it. */
export interface RawTables {
  formats: readonly RecordFormat[]
  warnings: readonly string[]
}

/**
 * Which raw tables the database has: that of JSON lines, that of Parquet, or both where a stream has changed its form. A table
 * that may not be looked at counts as absent, with a warning. Throws what `toOpError` makes of Glue's other errors.
 */
export async function readRawTables(glue: GlueClient, database: string): Promise<RawTables> {
  const states = await Promise.all(recordFormats.map((format) => stateOf(glue, database, format)))
  return {
    formats: recordFormats.filter((_, place) => states[place] === 'there'),
    warnings: recordFormats
      .filter((_, place) => states[place] === 'denied')
      .map(
        (format) =>
          `Table ${database}.${rawLayouts[format].table} may not be looked at (glue:GetTable): if it is there, its events are not counted.`,
      ),
  }
}

async function stateOf(
  glue: GlueClient,
  database: string,
  format: RecordFormat,
): Promise<'there' | 'absent' | 'denied'> {
  const {GetTableCommand} = await import('@aws-sdk/client-glue')
  const {table} = rawLayouts[format]
  try {
    await glue.send(new GetTableCommand({DatabaseName: database, Name: table}))
    return 'there'
  } catch (error) {
    if (isAbsent(error)) return 'absent'
    if (isDenied(error)) return 'denied'
    throw toOpError(error, `read table ${database}.${table}`)
  }
}
