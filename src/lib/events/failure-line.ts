import type {Rejection} from '../publish/put-entry'
import {toOneLine} from './raw-member'

/**
 * A rejected event as a line that `events send` takes again: a PutEvents entry, or the text that was read where it never
 * became one. Undefined where that text was not kept (longer than any event may be, or the input broke off there).
 */
export function failureLine(rejection: Rejection): string | undefined {
  if (rejection.entry) return JSON.stringify(rejection.entry)
  return rejection.original ? toOneLine(rejection.original) : undefined
}
