import {readFile} from 'node:fs/promises'
import type {Readable} from 'node:stream'
import {text as textOf} from 'node:stream/consumers'
import {CsvError, parse} from 'csv-parse/sync'
import {messageOf, OpError} from '../../core/errors'
import {isObject, parseExact} from '../../core/json'
import {parseIso} from '../../core/time'
import type {TimeRange} from '../../core/time'

/** What a producer counted itself. */
export interface Counter {
  service: string
  /** Where the counter says so: what it covers, milliseconds since 1970. */
  from?: number
  to?: number
  count: bigint
}

/** Counters held against a range. */
export interface Sent {
  byService: ReadonlyMap<string, bigint>
  /** Counters that cover more than the range, which say nothing of it. */
  partlyCount: number
  /** Counters of other times. */
  outsideCount: number
}

/**
 * The counters of a file, or of standard input (`-`): JSON (objects of `service`, `count` and, where they are of a time of their own, `from` and `to`; as lines, as an array, or
 * one alone), one JSON object of counts by service, or CSV with these names in its first line. Throws `INPUT_NOT_READABLE` and `BAD_COUNTERS` (usage).
 */
export async function readCounters(file: string, stdin: Readable): Promise<Counter[]> {
  let text: string
  try {
    text = file === '-' ? await textOf(stdin) : await readFile(file, 'utf8')
  } catch (error) {
    throw new OpError('usage', 'INPUT_NOT_READABLE', `${file} cannot be read: ${messageOf(error)}.`, {
      hint: 'Name a file with the counters of the producers, or - for standard input.',
      cause: error,
    })
  }
  return parseCounters(text)
}

/** The counters of a text. Throws `BAD_COUNTERS` (usage), which names the place. */
export function parseCounters(text: string): Counter[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  const isJson = trimmed.startsWith('[') || trimmed.startsWith('{')
  return isJson ? jsonCounters(trimmed) : csvCounters(trimmed)
}

/** What the counters say of a range, and of one service where only that is asked for. */
export function sentIn(counters: readonly Counter[], range: TimeRange, service?: string): Sent {
  const byService = new Map<string, bigint>()
  let [partlyCount, outsideCount] = [0, 0]
  for (const counter of counters) {
    if (service !== undefined && counter.service !== service) continue
    const {from = range.from, to = range.to} = counter
    if (to <= range.from || from >= range.to) outsideCount += 1
    else if (from < range.from || to > range.to) partlyCount += 1
    else byService.set(counter.service, (byService.get(counter.service) ?? 0n) + counter.count)
  }
  return {byService, partlyCount, outsideCount}
}

function jsonCounters(text: string): Counter[] {
  const whole = tryParse(text)
  if (Array.isArray(whole)) return whole.map((value, i) => toCounter(value, `element ${i + 1}`))
  if (isObject(whole)) {
    if ('service' in whole && 'count' in whole) return [toCounter(whole, 'the object')]
    return Object.entries(whole).map(([service, count]) => toCounter({service, count}, `"${service}"`))
  }
  const lines = text.split(/\r?\n/).map((line, i) => ({line, place: `line ${i + 1}`}))
  return lines.filter(({line}) => /\S/.test(line)).map(({line, place}) => toCounter(tryParse(line), place))
}

function csvCounters(text: string): Counter[] {
  const [names, ...rows] = csvRows(text)
  const keys = (names?.record ?? []).map((name) => name.toLowerCase())
  if (!keys.includes('service') || !keys.includes('count')) {
    throw badCounters('line 1', 'has no columns "service" and "count"')
  }
  return rows.map(({record, info}) => {
    const entries = keys.map((key, place) => [key, record[place] ?? ''] as const)
    return toCounter(Object.fromEntries(entries.filter(([, value]) => value !== '')), `line ${info.lines}`)
  })
}

/** A row of a CSV, and the line on which it ends. */
interface CsvRow {
  record: string[]
  info: {lines: number}
}

function csvRows(text: string): CsvRow[] {
  const options = {info: true, trim: true, relax_column_count: true, skip_records_with_empty_values: true}
  try {
    // With `info` a row is not what the types of csv-parse say.
    return parse(text, options) as unknown as CsvRow[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw badCounters(`line ${String(error['lines'])}`, `is no CSV (${error.message})`)
  }
}

function toCounter(value: unknown, place: string): Counter {
  if (!isObject(value)) throw badCounters(place, 'is no JSON object')
  const {service, count, from, to} = value
  if (typeof service !== 'string' || service === '') throw badCounters(place, 'names no "service"')
  if (!/^\d{1,30}$/.test(String(count))) throw badCounters(place, 'has no "count" that is a whole number')
  const range = {...timeOf('from', from, place), ...timeOf('to', to, place)}
  if ((range.from ?? -Infinity) >= (range.to ?? Infinity)) throw badCounters(place, 'covers no time')
  return {service, count: BigInt(String(count)), ...range}
}

function timeOf<Key extends 'from' | 'to'>(
  key: Key,
  value: unknown,
  place: string,
): Partial<Record<Key, number>> {
  if (value === undefined || value === null) return {}
  const at = typeof value === 'string' ? parseIso(value) : undefined
  if (at === undefined) throw badCounters(place, `has a "${key}" that is no ISO-8601 time`)
  return {[key]: at} as Record<Key, number>
}

function tryParse(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

function badCounters(place: string, words: string): OpError {
  return new OpError('usage', 'BAD_COUNTERS', `The counters cannot be read: ${place} ${words}.`, {
    hint: 'Write lines like {"service":"orders-api","count":1204}, with "from" and "to" where they are of a time of their own, or CSV with the line service,count,from,to first.',
  })
}
