import {SqlFailure} from './sql-failure'

type Property = (name: string) => string | undefined

const msPerUnit: Record<string, number> = {
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
  WEEKS: 7 * 86_400_000,
}
const monthsPerUnit: Record<string, number> = {MONTHS: 1, YEARS: 12}
const letters: Record<string, {index: number; width: number}> = {
  yyyy: {index: 0, width: 4},
  MM: {index: 1, width: 2},
  dd: {index: 2, width: 2},
  HH: {index: 3, width: 2},
  mm: {index: 4, width: 2},
  ss: {index: 5, width: 2},
}

/**
 * The test of a date column of partition projection: the value has the format (Java letters yyyy MM dd HH mm ss and quoted
 * text), lies in the range (both ends included, NOW with offsets in UTC) and on a step of the interval. Throws SqlFailure.
 */
export function dateProjection(property: Property, column: string, now: number): (value: string) => boolean {
  const format = new DateFormat(property('format') ?? '', column)
  const ends = (property('range') ?? '').split(',')
  if (ends.length !== 2) throw bad(column, 'range is not two dates')
  const [from, to] = ends.map((end) => format.bound(end.trim(), now, column)) as [number, number]
  const step = stepTest(property, column, from)
  return (value) => {
    const at = format.parse(value)
    return at !== undefined && at >= from && at <= to && step(at)
  }
}

function stepTest(property: Property, column: string, from: number): (at: number) => boolean {
  const interval = Number(property('interval') ?? 1)
  const unit = property('interval.unit')?.toUpperCase()
  if (!Number.isInteger(interval) || interval < 1) throw bad(column, 'interval is not a positive integer')
  if (unit === undefined) return () => true
  const ms = msPerUnit[unit]
  if (ms !== undefined) return (at) => (at - from) % (ms * interval) === 0
  const months = monthsPerUnit[unit]
  if (months === undefined) throw bad(column, `interval.unit ${unit} is unknown`)
  return (at) => (monthOf(at) - monthOf(from)) % (months * interval) === 0
}

function monthOf(at: number): number {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** A Java date format of fixed width, in UTC. */
class DateFormat {
  private readonly pattern: RegExp
  private readonly order: number[] = []
  private readonly parts: string[]

  constructor(format: string, column: string) {
    this.parts = format.match(/'[^']*'|yyyy|MM|dd|HH|mm|ss|[^A-Za-z']/g) ?? []
    if (format === '' || this.parts.join('') !== format)
      throw bad(column, `format ${format} is not supported`)
    const source = this.parts.map((part) => {
      const letter = letters[part]
      if (!letter) return literalOf(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      this.order.push(letter.index)
      return `(\\d{${letter.width}})`
    })
    this.pattern = new RegExp(`^${source.join('')}$`)
  }

  /** Milliseconds since 1970 of a text in this format; undefined where it is none. */
  parse(text: string): number | undefined {
    const match = this.pattern.exec(text)
    if (!match) return undefined
    const fields = [1970, 1, 1, 0, 0, 0]
    this.order.forEach((index, place) => (fields[index] = Number(match[place + 1])))
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields
    const at = Date.UTC(year, month - 1, day, hour, minute, second)
    return this.format(at) === text ? at : undefined
  }

  /** An end of a range: a date in this format, or NOW with offsets as in `NOW-3YEARS`, cut to what the format shows. */
  bound(text: string, now: number, column: string): number {
    if (!/^NOW/i.test(text)) {
      const at = this.parse(text)
      if (at === undefined) throw bad(column, `range holds ${text}, which is not in the format`)
      return at
    }
    const offsets = [...text.slice(3).matchAll(/\s*([+-])\s*(\d+)\s*([A-Z]+)/gi)]
    if (offsets.map((one) => one[0]).join('') !== text.slice(3)) throw bad(column, `range holds ${text}`)
    const at = offsets.reduce((moment, [, sign, count, unit]) => {
      const amount = Number(count) * (sign === '-' ? -1 : 1)
      return shift(moment, amount, unitOf(unit ?? '', column))
    }, now)
    return this.parse(this.format(at)) ?? at
  }

  private format(at: number): string {
    const date = new Date(at)
    const fields = [
      date.getUTCFullYear(),
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
    ]
    return this.parts
      .map((part) => {
        const letter = letters[part]
        return letter ? String(fields[letter.index]).padStart(letter.width, '0') : literalOf(part)
      })
      .join('')
  }
}

function shift(at: number, amount: number, unit: string): number {
  const ms = msPerUnit[unit]
  if (ms !== undefined) return at + amount * ms
  const date = new Date(at)
  return date.setUTCMonth(date.getUTCMonth() + amount * (monthsPerUnit[unit] ?? 0))
}

function unitOf(text: string, column: string): string {
  const unit = text.toUpperCase().replace(/([^S])$/, '$1S')
  if (!(unit in msPerUnit) && !(unit in monthsPerUnit)) throw bad(column, `range holds the unit ${text}`)
  return unit
}

function literalOf(part: string): string {
  return part.startsWith("'") ? part.slice(1, -1) : part
}

function bad(column: string, what: string): SqlFailure {
  return new SqlFailure(`INVALID_TABLE_PROPERTY: Partition projection: projection.${column}: ${what}.`)
}
