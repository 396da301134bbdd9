import {fullName} from '../plan/blank-tables'
import type {Session} from '../session'
import {fromDuckError} from '../duck-error'
import {duckDbType, quoteName, type HiveType} from '../hive-type'
import {SqlFailure} from '../sql-failure'
import {parseTrinoType} from '../trino/parse-type'
import {toHive, trinoTypeText, typeOfDuckDb, typeOfHive} from '../trino/type'
import {nameOf, inView, type StoredView} from './sources'

/**
 * Makes the views of a query in a session that has their tables. Each has the columns of its definition, as Trino gives them. Throws SqlFailure
 * (INVALID_VIEW, VIEW_IS_STALE) where a view's query cannot be bound or gives other columns than the view was made with.
 */
export async function defineViews(session: Session, views: readonly StoredView[]): Promise<void> {
  for (const view of views) {
    const query = await session.text(view.tree)
    const types = await inView('analyzing', nameOf(view.row), view.at, () => columnTypes(session, query))
    const columns = view.definition.columns.map(({name}, place) => ({name, type: types[place]}))
    if (columns.length !== types.length) {
      throw stale(
        view,
        `stored view column count (${columns.length}) does not match column count derived from the view query analysis (${types.length})`,
      )
    }
    const casts = columns.map(({name, type}, place) => {
      const target = castTarget(view, place, type)
      const column = quoteName(`column ${place}`)
      return `${target === undefined ? column : `CAST(${column} AS ${target})`} AS ${quoteName(name)}`
    })
    const inner = columns.map((_, place) => quoteName(`column ${place}`)).join(', ')
    await session.duck.run(`CREATE SCHEMA IF NOT EXISTS awsdatacatalog.${quoteName(view.row.DatabaseName)}`)
    await session.duck.run(
      `CREATE VIEW ${fullName(view.row)} AS SELECT ${casts.join(', ')} FROM (${query}) AS stored(${inner})`,
    )
  }
}

async function columnTypes(session: Session, query: string): Promise<(HiveType | undefined)[]> {
  try {
    const statement = await session.duck.connection.prepare(query)
    const count = statement.columnCount
    return Array.from({length: count}, (_, place) => toHive(typeOfDuckDb(statement.columnType(place))))
  } catch (error) {
    // The text is not the view's own any more, so places in it mean nothing.
    throw fromDuckError(error, '', session.read)
  }
}

/** The type that a column is cast to; undefined where one of the two types is none of Hive's. */
function castTarget(view: StoredView, place: number, found: HiveType | undefined): string | undefined {
  const {name = '', type = ''} = view.definition.columns[place] ?? {}
  const written = parseTrinoType(type)
  const stored = written && toHive(written)
  if (!found || !stored) return undefined
  if (family(found) === family(stored)) return duckDbType(stored)
  throw stale(
    view,
    `column [${name}] of type ${trinoTypeText(typeOfHive(found))} projected from query view at position ${place} cannot be coerced to column [${name}] of type ${type} stored in view definition`,
  )
}

const families: Readonly<Record<string, string>> = {
  ...{tinyint: 'number', smallint: 'number', int: 'number', integer: 'number', bigint: 'number'},
  ...{float: 'number', double: 'number', decimal: 'number'},
  ...{string: 'text', varchar: 'text', char: 'text', date: 'time', timestamp: 'time'},
}

/** Types of one family are cast into each other; Trino is stricter, but also knows more exactly which type its own query has. */
function family(type: HiveType): string {
  return type.kind === 'scalar' ? (families[type.name] ?? type.name) : type.kind
}

function stale(view: StoredView, what: string): SqlFailure {
  return new SqlFailure(
    `VIEW_IS_STALE: ${view.at}: View 'awsdatacatalog.${nameOf(view.row)}' is stale or in invalid state: ${what}`,
    1006,
  )
}
