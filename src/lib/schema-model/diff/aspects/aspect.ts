import {verdictOf, type Answer, type Change} from '../change'
import type {Alternative} from '../form/form'
import {valueKey} from '../form/values'

/** One thing that can be asked of the values of a kind. */
export interface Aspect<T> {
  keyword: string
  /** What all schemas of the alternative ask together; undefined for nothing. */
  read: (of: Alternative) => T | undefined
  /** Whether every value of which `a` is asked, by `ofA`, keeps what `b` asks. */
  within: (a: T | undefined, b: T, ofA: Alternative) => Answer
  say: (asked: T) => string
  /** The change in words, where "KEYWORD A became B" does not say it well. */
  sayChange?: (before: T | undefined, after: T | undefined) => string
}

/** Compares one aspect of two alternatives of a kind; undefined where both ask the same. */
export type CompareAspect = (a: Alternative, b: Alternative, path: string) => Change | undefined

export function comparing<T>(aspect: Aspect<T>): CompareAspect {
  const {keyword, read, within} = aspect
  return (a, b, path) => {
    const [before, after] = [read(a), read(b)]
    if (keyOf(before) === keyOf(after)) return undefined
    return {
      path,
      kind: keyword,
      message: (aspect.sayChange ?? defaultWords(aspect))(before, after),
      producers: verdictOf(after === undefined ? 'yes' : within(before, after, a)),
      consumers: verdictOf(before === undefined ? 'yes' : within(after, before, b)),
    }
  }
}

function keyOf(asked: unknown): string | undefined {
  return asked === undefined ? undefined : valueKey(asked)
}

function defaultWords<T>({keyword, say}: Aspect<T>): (before: T | undefined, after: T | undefined) => string {
  return (before, after) => {
    if (before === undefined) return `${keyword} ${after === undefined ? '' : say(after)} is new`
    if (after === undefined) return `${keyword} ${say(before)} is gone`
    return `${keyword} ${say(before)} became ${say(after)}`
  }
}
