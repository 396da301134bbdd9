export const hourMs = 3_600_000

/** When the hour began in which a raw object arrived, by its folders (milliseconds since 1970); undefined for another key. */
export function hourOfKey(key: string): number | undefined {
  const [, day, hour] = /dt=(\d{4}-\d{2}-\d{2})\/hour=(\d{2})\//.exec(key) ?? []
  const at = Date.parse(`${day}T${hour}:00:00Z`)
  return Number.isNaN(at) ? undefined : at
}

/** `dt` and `hour` of the partition of an hour. */
export function partitionOf(hour: number): {dt: string; hour: string} {
  const text = new Date(hour).toISOString()
  return {dt: text.slice(0, 10), hour: text.slice(11, 13)}
}
