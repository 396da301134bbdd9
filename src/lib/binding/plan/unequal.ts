import {canonicalJson} from './canonical'

/** Names of the fields whose pair is unequal. */
export function unequal(pairs: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(pairs).flatMap(([field, isEqual]) => (isEqual ? [] : [field]))
}

/** True where two values say the same as JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null)
}

/** The members that have a value. */
export function withoutGaps<T extends object>(value: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, v]) => v !== undefined)) as Partial<T>
}
