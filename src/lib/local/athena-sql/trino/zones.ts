import {notSupported, SqlFailure} from '../sql-failure'
import {isNode, type Node} from '../syntax-tree'
import {
  attempt,
  call,
  cast,
  castType,
  childrenOf,
  copyOf,
  functionName,
  isLiteral,
  putInPlace,
  text,
  textOf,
} from './nodes'

/**
 * A time with a zone is a moment and the zone in which Trino shows and takes it apart; DuckDB keeps the moment alone. So whoever asks for the hour, the
 * day or the text of such a time is given its wall clock, whoever compares it the moment; else its zone has to be UTC.
 */
interface Zoned {
  /** As a time with a zone of DuckDB. */
  moment: () => Node
  /** As a timestamp. */
  wall: () => Node
  /** True where the zone is UTC, false where it is another one; undefined where the rows say. */
  isUtc: boolean | undefined
}

/** Functions that take a time apart, and the place of the time among their arguments. */
const apart: Readonly<Record<string, number>> = {
  ...{
    date: 0,
    year: 0,
    quarter: 0,
    month: 0,
    week: 0,
    week_of_year: 0,
    day: 0,
    day_of_month: 0,
    day_of_week: 0,
    dow: 0,
  },
  ...{
    day_of_year: 0,
    doy: 0,
    year_of_week: 0,
    yow: 0,
    last_day_of_month: 0,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  },
  ...{date_format: 0, format_datetime: 0, date_part: 1},
}

/** Functions for which the moment is all that counts. */
const momentous = new Set(['to_unixtime', 'count'])

/** Sees to every time with a zone in a tree. Answers whether anything was changed. Throws SqlFailure (NOT_SUPPORTED) on a zone other than UTC that would be shown. */
export function settleZones(tree: Node): boolean {
  let isChanged = false
  // What was put into place may look like a time with a zone, and is none any more.
  const settled = new Set<Node>()
  const settle = (value: unknown, choose: (zoned: Zoned) => Node): void => {
    if (!isNode(value) || settled.has(value)) return
    const zoned = zonedIn(value)
    if (!zoned) return
    putInPlace(value, choose(zoned))
    settled.add(value)
    isChanged = true
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value) || settled.has(value)) return
    for (const child of takenApart(value)) settle(child, ({wall}) => wall())
    for (const child of compared(value))
      settle(child, (zoned) => (countsDays(value) ? dayless(zoned) : zoned.moment()))
    if (zonedIn(value)) settle(value, shown)
    else Object.values(value).forEach(visit)
  }
  visit(tree)
  return isChanged

  /** What is inside of a zoned time is seen to before it is. */
  function zonedIn(node: Node): Zoned | undefined {
    return zonedOf(node, visit)
  }
}

/** Days of a zone may have 23 hours. */
function countsDays(node: Node): boolean {
  return functionName(node) === 'date_diff' && !/hour|minute|second/i.test(textOf(childrenOf(node)[0]) ?? '')
}

function dayless(zoned: Zoned): Node {
  return zoned.isUtc === false ? shown(zoned) : zoned.moment()
}

function takenApart(node: Node): unknown[] {
  const type = castType(node)
  if (type === 'TIMESTAMP' || type === 'DATE' || type === 'TIME')
    return isLiteral(node) ? [] : [node['child']]
  const place = apart[functionName(node) ?? '']
  return place === undefined ? [] : [childrenOf(node)[place]]
}

function compared(node: Node): unknown[] {
  if (node['class'] === 'COMPARISON') return [node['left'], node['right']]
  if (node['class'] === 'BETWEEN') return [node['input'], node['lower'], node['upper']]
  if (['COMPARE_IN', 'OPERATOR_IS_NULL', 'OPERATOR_IS_NOT_NULL'].includes(String(node['type'])))
    return childrenOf(node)
  if (typeof node['null_order'] === 'string') return [node['expression']]
  const name = functionName(node) ?? ''
  if (name === 'date_diff') return childrenOf(node).slice(1)
  return momentous.has(name) ? childrenOf(node) : []
}

/** A time that leaves the query, or that goes where its zone may count. */
function shown({moment, wall, isUtc}: Zoned): Node {
  if (isUtc === true) return moment()
  if (isUtc === false)
    throw notSupported('A time in a zone other than UTC (cast it to TIMESTAMP or DATE, or format it)')
  return call('trino_in_utc', moment(), wall())
}

function zonedOf(node: Node, visit: (value: unknown) => void): Zoned | undefined {
  if (castType(node) === 'TIMESTAMP' && isLiteral(node)) return literalOf(node)
  if (node['type'] === 'OPERATOR_TRY') {
    const inner = zonedOf(childrenOf(node)[0] ?? {}, visit)
    return (
      inner && {moment: () => attempt(inner.moment()), wall: () => attempt(inner.wall()), isUtc: inner.isUtc}
    )
  }
  return makers[functionName(node) ?? '']?.(childrenOf(node), visit)
}

/** Functions that give times with zones. */
const makers: Readonly<
  Record<string, (children: Node[], visit: (value: unknown) => void) => Zoned | undefined>
> = {
  from_iso8601_timestamp: (children, visit) => {
    visit(children[0])
    return isoOf(children)
  },
  timezone: ([zone, time, ...more], visit) =>
    time && more.length === 0 ? atZone(time, zone, visit) : undefined,
  at_timezone: ([time, zone], visit) => atZone(time, zone, visit),
  with_timezone: ([time, named], visit) => {
    visit(time)
    const zone = zoneOf(named)
    const wall = () => cast(time, 'TIMESTAMP')
    return {moment: () => call('timezone', text(zone), wall()), wall, isUtc: isUtc(zone)}
  },
  from_unixtime: ([seconds, zone, ...more], visit) =>
    zone && more.length === 0 ? atZone(call('from_unixtime', seconds), zone, visit) : undefined,
  date_trunc: ([unit, time], visit) => {
    const inner = time && zonedOf(time, visit)
    if (!inner) return undefined
    const wall = () => call('date_trunc', unit, inner.wall())
    return {moment: () => call('date_trunc', unit, shown(inner)), wall, isUtc: inner.isUtc}
  },
}

function isoOf([iso]: readonly Node[]): Zoned {
  return {
    moment: () => call('from_iso8601_timestamp', iso),
    wall: () => call('trino_iso_wall', iso),
    isUtc: undefined,
  }
}

/** `time AT TIME ZONE zone`; a time without a zone is one of the session's, which is UTC. */
function atZone(time: unknown, zoneNode: unknown, visit: (value: unknown) => void): Zoned {
  const zone = zoneOf(zoneNode)
  const inner = isNode(time) ? zonedOf(time, visit) : undefined
  if (!inner) visit(time)
  const moment = () => inner?.moment() ?? cast(time, 'TIMESTAMP WITH TIME ZONE')
  const iso =
    isNode(time) && functionName(time) === 'from_iso8601_timestamp' ? childrenOf(time)[0] : undefined
  const wall = () =>
    iso && isUtc(zone) ? call('trino_iso_utc', iso) : call('timezone', text(zone), moment())
  return {moment, wall, isUtc: isUtc(zone)}
}

function isUtc(zone: string): boolean {
  return zone === 'UTC'
}

/** The name of a zone as DuckDB takes it. */
function zoneOf(node: unknown): string {
  const name = textOf(node)
  if (name === undefined) throw notSupported('A time zone that is not a literal')
  if (/^(?:UTC|Z|GMT|Etc\/UTC|[+-]00:?00)$/i.test(name)) return 'UTC'
  if (/^[+-]/.test(name)) throw notSupported(`The time zone ${name} (an offset)`)
  if (!isZone(name)) throw new SqlFailure(`INVALID_FUNCTION_ARGUMENT: '${name}' is not a valid time zone`)
  return name
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', {timeZone: name})
    return true
  } catch {
    return false
  }
}

const literal =
  /^\s*([+-]?\d{4,}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,12})?)?)?)\s*(?: ?([+-]\d\d?(?::?\d\d)?|[A-Za-z][\w/+-]*))?\s*$/

/** A literal `TIMESTAMP '... Europe/Paris'`; undefined for one without a zone. Throws SqlFailure (INVALID_LITERAL) where Trino reads none. */
function literalOf(node: Node): Zoned | undefined {
  const written = textOf(node['child'])
  const [, time, zone] = literal.exec(written ?? '') ?? []
  if (time === undefined)
    throw new SqlFailure(`INVALID_LITERAL: '${written}' is not a valid TIMESTAMP literal`)
  if (zone === undefined) return undefined
  const wall = () => ({...copyOf(node), child: text(time)})
  const offset = /^([+-])(\d\d?):?(\d\d)?$/.exec(zone)
  if (!offset) {
    const name = zoneOf(text(zone))
    return {moment: () => call('timezone', text(name), wall()), wall, isUtc: isUtc(name)}
  }
  const [, sign = '+', hours = '0', minutes = '0'] = offset
  const seconds = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
  const utc = () => call('trino_behind', wall(), text(String(seconds)))
  return {moment: () => call('timezone', text('UTC'), utc()), wall, isUtc: seconds === 0}
}
