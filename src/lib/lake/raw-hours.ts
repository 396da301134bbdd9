/** When the hour began in which a raw object arrived, by its folders (milliseconds since 1970); undefined for another key. */
export function hourOfKey(key: string): number | undefined {
  const [, day, hour] = /dt=(\d{4}-\d{2}-\d{2})\/hour=(\d{2})\//.exec(key) ?? []
  const at = Date.parse(`${day}T${hour}:00:00Z`)
  return Number.isNaN(at) ? undefined : at
}
