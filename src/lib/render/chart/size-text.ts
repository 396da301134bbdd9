const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes for a person, three digits at most: `1.25 MB`. A kilobyte has 1,000. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${Number(value.toPrecision(3))} ${units[power] ?? 'B'}`
}

const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 2})

/** A number at an axis: `1.5M`. */
export function axisText(value: number, isBytes: boolean): string {
  return isBytes ? bytesText(value) : compact.format(value)
}
