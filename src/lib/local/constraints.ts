import {ServiceError} from './service-error'

/** One member's limits, as the service's model states them. */
export interface Constraint {
  min?: number
  max?: number
  pattern?: RegExp
  oneOf?: readonly string[]
}

/**
 * Checks members against their limits and refuses all that break theirs in one `ValidationException`, in the words that the
 * JSON services share: `2 validation errors detected: Value 'x' at 'name' failed to satisfy constraint: Member must ...`.
 * Members are named by their path, first letter lower case, list items as `.N.member`.
 */
export class Constraints {
  private readonly broken: string[] = []

  constructor(private readonly code = 'ValidationException') {}

  /** Text: length and form. Absent members are not looked at; whether they are required is the schema's business. */
  text(path: string, value: string | undefined, limits: Constraint): this {
    if (value === undefined) return this
    const at = `Value '${value}' at '${path}' failed to satisfy constraint: Member must`
    if (limits.max !== undefined && value.length > limits.max) {
      this.broken.push(`${at} have length less than or equal to ${limits.max}`)
    }
    if (limits.min !== undefined && value.length < limits.min) {
      this.broken.push(`${at} have length greater than or equal to ${limits.min}`)
    }
    if (limits.pattern && !limits.pattern.test(value)) {
      this.broken.push(`${at} satisfy regular expression pattern: ${sourceOf(limits.pattern)}`)
    }
    if (limits.oneOf && !limits.oneOf.includes(value)) {
      this.broken.push(`${at} satisfy enum value set: [${limits.oneOf.join(', ')}]`)
    }
    return this
  }

  /** A number's range. */
  number(path: string, value: number | undefined, limits: Constraint): this {
    if (value === undefined) return this
    const at = `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value`
    if (limits.max !== undefined && value > limits.max)
      this.broken.push(`${at} less than or equal to ${limits.max}`)
    if (limits.min !== undefined && value < limits.min)
      this.broken.push(`${at} greater than or equal to ${limits.min}`)
    return this
  }

  /** A list's length. */
  list(path: string, value: readonly unknown[] | undefined, limits: Constraint): this {
    if (value === undefined) return this
    const at = `Value '[${value.length} items]' at '${path}' failed to satisfy constraint: Member must have length`
    if (limits.max !== undefined && value.length > limits.max)
      this.broken.push(`${at} less than or equal to ${limits.max}`)
    if (limits.min !== undefined && value.length < limits.min)
      this.broken.push(`${at} greater than or equal to ${limits.min}`)
    return this
  }

  /** Throws what was found broken. */
  check(): void {
    const count = this.broken.length
    if (count === 0) return
    throw new ServiceError(
      this.code,
      `${count} validation error${count === 1 ? '' : 's'} detected: ${this.broken.join('; ')}`,
    )
  }
}

/** The model's own pattern: anchors that only this code needs are not part of it. */
function sourceOf(pattern: RegExp): string {
  return pattern.source.replace(/^\^\(\?:(.*)\)\$$/s, '$1').replaceAll('\\/', '/')
}

/** The page size asked for, from 1 to 100; 100 where none is said. Throws ValidationException. */
export function pageLimit(limit: number | undefined): number {
  new Constraints().number('limit', limit, {min: 1, max: 100}).check()
  return limit ?? 100
}

/** A page of a sorted list: at most `limit` items after `token`, and the token of the next page where there is one. */
export function pageOf<T>(
  rows: Iterable<{key: string; value: T}>,
  limit: number,
): {items: T[]; nextToken: string | undefined} {
  const items: T[] = []
  let last = ''
  for (const {key, value} of rows) {
    if (items.length === limit) return {items, nextToken: Buffer.from(last).toString('base64url')}
    items.push(value)
    last = key
  }
  return {items, nextToken: undefined}
}

/** The key that a page token stands for. */
export function keyOfToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, 'base64url').toString('utf8')
}
