import {stringifyExact} from '../../../core/json'
import type {Change} from '../change'
import {valueKey} from '../form/values'
import type {Place} from '../form/side'

/** Keywords that describe a place for people; no event is valid or invalid by them. */
const noteKeywords = ['title', 'description', 'default', 'deprecated', 'examples'] as const

/** Changed descriptions of a place. They are safe for all. */
export function noteChanges(a: Place, b: Place, path: string): Change[] {
  return noteKeywords.flatMap((keyword) => {
    const [before, after] = [noteOf(a, keyword), noteOf(b, keyword)]
    if (keyOf(before) === keyOf(after)) return []
    return [
      {path, kind: keyword, message: messageOf(keyword, before, after), producers: 'safe', consumers: 'safe'},
    ]
  })
}

/** The outermost one counts: it speaks of this very place. */
function noteOf(place: Place, keyword: string): unknown {
  return place.notes.find((note) => Object.hasOwn(note, keyword))?.[keyword]
}

function keyOf(value: unknown): string | undefined {
  return value === undefined ? undefined : valueKey(value)
}

function messageOf(keyword: string, before: unknown, after: unknown): string {
  if (keyword === 'deprecated') return after === true ? 'is deprecated now' : 'is no longer deprecated'
  if (keyword !== 'default')
    return `the ${keyword} ${before === undefined ? 'is new' : after === undefined ? 'is gone' : 'changed'}`
  if (before === undefined) return `default ${stringifyExact(after)} is new`
  return after === undefined
    ? `default ${stringifyExact(before)} is gone`
    : `default ${stringifyExact(before)} became ${stringifyExact(after)}`
}
