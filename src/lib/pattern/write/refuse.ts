import {OpError} from '../../core/errors'

/** Throws `BAD_WHERE` (usage): a condition, or two together, cannot be said in an event pattern. */
export function refuseCondition(message: string, hint: string): never {
  throw new OpError('usage', 'BAD_WHERE', message, {hint})
}
