import {notParsed} from './conversion-failure'

const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const dateAndTime = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/
const isoTime = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?$/
const epoch = /^-?\d{1,15}(?:\.\d{1,9})?$/
/** From here on an epoch number counts milliseconds, below it seconds. */
const firstMilliseconds = 1e12

/** `2026-11-03` of a date column's text, whose month and day may have one digit. Throws ConversionFailure. */
export function readDate(text: string): string {
  const [, year = '', month = '', day = ''] = date.exec(text) ?? []
  return dayOf(text, year, month, day)
}

/**
 * `2026-11-03 09:15:27.412` of a timestamp column's text: that form, ISO-8601 in UTC, or epoch seconds or milliseconds (Firehose
 * developer guide, "Choose the JSON deserializer"). Throws ConversionFailure.
 */
export function readTimestamp(text: string): string {
  if (epoch.test(text)) return ofEpoch(text)
  const match = dateAndTime.exec(text) ?? isoTime.exec(text)
  if (!match) throw notParsed(text)
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw notParsed(text)
  const time = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':')
  // Athena shows milliseconds, and Parquet holds microseconds here.
  const behind = fraction === undefined ? '' : `.${fraction.slice(0, 6)}`
  return `${dayOf(text, year, month, day)} ${time}${behind}`
}

function dayOf(text: string, year: string, month: string, day: string): string {
  const padded = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${padded}T00:00:00Z`)
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(padded)) throw notParsed(text)
  return padded
}

function ofEpoch(text: string): string {
  const number = Number(text)
  const ms = Math.abs(number) < firstMilliseconds ? number * 1000 : number
  const at = new Date(Math.round(ms))
  const isWritten = !Number.isNaN(at.getTime()) && at.getUTCFullYear() >= 0 && at.getUTCFullYear() <= 9999
  if (!isWritten) throw notParsed(text)
  return at.toISOString().replace('T', ' ').replace('Z', '')
}
