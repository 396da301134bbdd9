import {stringifyExact} from '../../core/json'

/** Values are cut after about so many characters. */
const shownLength = 80

/** Characters that JSON leaves as they are, but that change or hide what is written around them. */
const unseen = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

function escaped(json: string): string {
  return json.replace(unseen, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Cuts a text behind a whole character. */
export function cut(text: string): string {
  if (text.length <= shownLength) return text
  return `${text.slice(0, shownLength).replace(/[\ud800-\udbff]$/, '')}…`
}

/** A text as JSON, cut. */
export function shownText(text: string): string {
  return escaped(JSON.stringify(cut(text)))
}

/** A scalar as JSON, cut. */
export function shownScalar(value: unknown): string {
  return typeof value === 'string' ? shownText(value) : cut(stringifyExact(value))
}

/** A path as it is written, cut; control characters as JSON escapes them. */
export function shownPath(path: string): string {
  if (path === '') return 'the field ""'
  return escaped(JSON.stringify(cut(path)).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\'))
}

/** Joins phrases by commas and a last word; from about 80 characters on only says how many more there are. */
export function shownList(phrases: readonly string[], word: 'and' | 'or'): string {
  let length = 0
  const shown = phrases.filter((phrase, index) => {
    length += phrase.length + 2
    return index === 0 || length <= shownLength
  })
  const others = phrases.length - shown.length
  if (others > 0) return `${shown.join(', ')} ${word} ${others} other${others === 1 ? '' : 's'}`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1) ?? ''}`
}
