/** Far enough to lie on the other side of a change of the clocks, and near enough that there is no second one. */
const asideMs = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether the text names a time zone of the IANA database (`Europe/Berlin`), or is `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/**
 * What clocks of the zone show at a moment: milliseconds since 1970 of the same date and time in UTC. `zone` must be one by
 * `isTimeZone`.
 */
export function toWall(ms: number, zone: string): number {
  if (zone === 'UTC') return ms
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({type, value}) => [type, Number(value)]),
  )
  const part = (name: string) => parts[name] ?? 0
  const seconds = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return seconds + (ms - Math.floor(ms / 1000) * 1000)
}

/**
 * The first moment at which clocks of the zone show that time. Where they skip it (daylight saving begins), the moment at which they would
 * have shown it: for a day without midnight, its first moment.
 */
export function fromWall(wall: number, zone: string): number {
  if (zone === 'UTC') return wall
  const before = toWall(wall - asideMs, zone) - (wall - asideMs)
  const after = toWall(wall + asideMs, zone) - (wall + asideMs)
  const moments = [wall - before, wall - after].filter((ms) => toWall(ms, zone) === wall)
  return moments.length === 0 ? wall - before : Math.min(...moments)
}

/** The date in the zone at a moment: `2026-11-01`. */
export function dateAt(ms: number, zone: string): string {
  return new Date(toWall(ms, zone)).toISOString().slice(0, 10)
}

/** The first moment of a date in the zone. */
export function startOfDate(date: string, zone: string): number {
  return fromWall(Date.parse(`${date}T00:00:00Z`), zone)
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}
