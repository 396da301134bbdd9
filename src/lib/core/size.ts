import {OpError} from './errors'

const unitBytes: Readonly<Record<string, number>> = {b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12}

/** Bytes of a size: `500MB`, `1.5GB`, `2TB`, in units of a thousand; a number alone is bytes. Throws BAD_SIZE (usage). */
export function parseSize(text: string): number {
  const [, number, unit = 'B'] = /^(\d{1,12}(?:\.\d{1,6})?)\s*([kmgt]?b)?$/i.exec(text.trim()) ?? []
  const bytes = Math.round(Number(number) * (unitBytes[unit.toLowerCase()] ?? NaN))
  if (number !== undefined && bytes > 0) return bytes
  throw new OpError('usage', 'BAD_SIZE', `"${text}" is not a size.`, {
    hint: 'Write a number and a unit: 500MB, 10GB, 1TB.',
  })
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes for a person, three digits at most: `1.25 MB`. A kilobyte has 1,000. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${Number(value.toPrecision(3))} ${units[power] ?? 'B'}`
}
