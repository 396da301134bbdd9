/** What a chart is made of, before it becomes a figure. */
export interface Drawing {
  title: string
  /** What the colours stand for. */
  series: readonly string[]
  /** The chart in words, for who does not see it. */
  description: string
  height: number
  /** SVG elements. Lengths across are percentages, so that letters keep their size whatever the width. */
  marks: readonly string[]
  note?: string | undefined
}

/** Pixels of a digit, and of a chart on the narrowest page: what room numbers need, whatever the width. */
export const digitPixels = 7.5
export const narrowest = 320

/** The class of a series' marks: the page says which colour that is. */
export function colour(place: number): string {
  return `s${(place % 3) + 1}`
}

/** Three decimals: a thousandth of a percent is less than a pixel on any screen. */
export function percent(value: number): string {
  return `${Number(value.toFixed(3))}%`
}
