import {OpError} from '../core/errors'
import {dayMs, formatDay} from '../core/time'
import type {TimeRange} from '../core/time'
import {dedupeDays, toSqlTime} from './define-report'
import {sqlLiteral} from './sql-literal'

/** What a user's query can name: `:from` and the like. */
export interface UserValues extends TimeRange {
  customer?: string | undefined
  service?: string | undefined
  feature?: string | undefined
}

const piece =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|:[a-z_]+|\{\{[a-z]+\}\}|[A-Za-z_]\w*|[\s\S]/g

/** The values by their names, with a sentence for the help. */
export function namedValues({
  from,
  to,
  customer,
  service,
  feature,
}: UserValues): Record<string, string | undefined> {
  const margin = dedupeDays * dayMs
  return {
    from: toSqlTime(from),
    to: toSqlTime(to),
    first_dt: formatDay(from - margin - dayMs),
    last_dt: formatDay(to + margin),
    customer,
    service,
    feature,
  }
}

/**
 * A user's query as Athena takes it: `{{events}}` is the lake's view or its raw tables, and each `:name` becomes a `?` with its value bound. Text in
 * quotes and comments stays as it is; comments go. Throws `BAD_SQL` (usage) where it is no query or names a value that there is not, and `VALUE_MISSING`
 * (usage) where a named value was not given.
 */
export function bindUserSql(
  text: string,
  events: string,
  values: Readonly<Record<string, string | undefined>>,
): {sql: string; parameters: string[]} {
  const pieces = [...text.matchAll(piece)].map(([one]) => one).filter((one) => !/^(?:--|\/\*)/.test(one))
  const first = pieces.find((one) => /\S/.test(one))
  if (first === undefined || !/^(?:SELECT|WITH|VALUES|\()$/i.test(first)) throw notAQuery(first)
  const parameters: string[] = []
  const sql = pieces.map((one) => {
    if (one.startsWith('{{')) return placeholder(one, events)
    if (!/^:[a-z]/.test(one)) return one
    parameters.push(sqlLiteral(valueOf(one.slice(1), values)))
    return '?'
  })
  return {sql: sql.join('').trim().replace(/;$/, ''), parameters}
}

function placeholder(text: string, events: string): string {
  if (text === '{{events}}') return events
  throw new OpError('usage', 'BAD_SQL', `${text} is no placeholder.`, {
    hint: 'There is {{events}}: the events of the lake.',
  })
}

function valueOf(name: string, values: Readonly<Record<string, string | undefined>>): string {
  const value = values[name]
  if (value !== undefined) return value
  if (Object.hasOwn(values, name)) {
    throw new OpError('usage', 'VALUE_MISSING', `The query needs :${name}.`, {
      hint: `Give it with --${name}.`,
    })
  }
  throw new OpError('usage', 'BAD_SQL', `:${name} is no value of a report.`, {
    hint: `There are ${Object.keys(values)
      .map((one) => `:${one}`)
      .join(', ')}.`,
  })
}

function notAQuery(first: string | undefined): OpError {
  const what = first === undefined ? 'The file is empty' : `It begins with ${first}`
  return new OpError('usage', 'BAD_SQL', `${what}, so it is no query.`, {
    hint: 'A report reads: it begins with SELECT or WITH.',
  })
}
