/** What a placeholder is filled from. */
export interface Filling {
  /** Number of the event, from 0. */
  index: number
  /** The event's time, in milliseconds since 1970. */
  time: number
  /** From 0 (inclusive) to 1 (exclusive). */
  uniform: () => number
}

/** Writes a value into an event: a number where it is one. */
export type Fill = (filling: Filling) => string | number

/** A kind of placeholder: `{{NAME WORDS}}`. `read` answers undefined where the words are not what `form` says. */
export interface Placeholder {
  form: string
  does: string
  read: (words: string) => Fill | undefined
}

const maxDecimals = 9

export const placeholders: Readonly<Record<string, Placeholder>> = {
  seq: {
    form: '{{seq}} or {{seq FIRST}}',
    does: 'the number of the event, from 1 or from FIRST',
    read: (words) => {
      const [first = 1] = numbers(words, 0, 1) ?? [NaN]
      return Number.isSafeInteger(first) ? ({index}) => first + index : undefined
    },
  },
  uuid: {
    form: '{{uuid}}',
    does: 'a random UUID; the same --seed gives the same',
    read: (words) => (words === '' ? ({uniform}) => uuid(uniform) : undefined),
  },
  time: {
    form: '{{time}}',
    does: "the event's time, spread between --from and --to",
    read: (words) => (words === '' ? ({time}) => new Date(time).toISOString() : undefined),
  },
  choice: {
    form: '{{choice A|B|C}}',
    does: 'one of the texts',
    read: (words) => {
      const choices = words.split('|').map((choice) => choice.trim())
      return words === '' ? undefined : ({uniform}) => choices[Math.floor(uniform() * choices.length)] ?? ''
    },
  },
  number: {
    form: '{{number MIN MAX}} or {{number MIN MAX DECIMALS}}',
    does: 'a number from MIN to MAX, both included',
    read: (words) => {
      const [min = NaN, max = NaN, decimals = 0] = numbers(words, 2, 3) ?? []
      const isCount = Number.isInteger(decimals) && decimals >= 0 && decimals <= maxDecimals
      const steps = Math.round((max - min) * 10 ** decimals)
      if (!isCount || !(steps >= 0)) return undefined
      return ({uniform}) =>
        Number((min + Math.floor(uniform() * (steps + 1)) / 10 ** decimals).toFixed(decimals))
    },
  },
}

function numbers(words: string, least: number, most: number): number[] | undefined {
  const parts = words.split(/\s+/).filter((part) => part !== '')
  const values = parts.map(Number)
  const isFit = parts.length >= least && parts.length <= most && values.every(Number.isFinite)
  return isFit ? values : undefined
}

/** Version 4, from 122 bits of the given random numbers. */
function uuid(uniform: () => number): string {
  const hex = (digits: number): string =>
    Math.floor(uniform() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  const variant = (8 + Math.floor(uniform() * 4)).toString(16)
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}
