import type {Path, PriceFileText} from './price-file-text'
import type {Dates, Meter} from './price-plan'

/** A price file and the meters that its parts may name. */
export interface FileMeters extends PriceFileText {
  meters: ReadonlyMap<string, Meter>
}

/** There is no such meter; its name stands at `path`. */
export function noMeter({wrong, meters}: FileMeters, path: Path): Error {
  return wrong(path, `names no meter. Meters are ${[...meters.keys()].join(', ')}.`)
}

/** The dates, where they exist and come one after the other. */
export function checkDates({wrong}: PriceFileText, path: Path, {from, to}: Dates): Dates {
  for (const [key, date] of Object.entries({from, to})) {
    if (date !== undefined && !isDate(date)) throw wrong([...path, key], 'is a date that does not exist.')
  }
  if (from !== undefined && to !== undefined && to <= from) {
    throw wrong(
      [...path, 'to'],
      'must be later than "from". It is the first day that does not belong to it any more.',
    )
  }
  return {from, to}
}

/** Whether the calendar has the date. */
export function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}
