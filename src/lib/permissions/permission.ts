import type {ResourceName} from './resources'
import type {Scope} from './scope'

/** When something is needed that other runs of the command do without. */
export interface Case {
  /** Completes "only ": `with --canary`. */
  words: string
  holds: (scope: Scope) => boolean
}

/** What a command may have to do, and the IAM actions that it takes. */
export interface Permission {
  /** Completes "to ": `read the bus and its policy`. */
  to: string
  actions: readonly string[]
  on: readonly ResourceName[]
  only?: Case | undefined
  /** Limits the actions further, in IAM's own spelling. */
  condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Where the actions are not those of the operations that the command calls, or no resource can be named: why. */
  why?: string
}

/** A flag that is on, or has a value. */
export function withFlag(name: string): Case {
  return {words: `with \`--${name}\``, holds: ({words}) => isSaid(words[name])}
}

/** Neither of these flags is on. */
export function without(...names: string[]): Case {
  const flags = names.map((name) => `\`--${name}\``).join(' and ')
  return {words: `without ${flags}`, holds: ({words}) => !names.some((name) => isSaid(words[name]))}
}

/** Both hold. */
export function both(first: Case, second: Case): Case {
  return {
    words: `${first.words}, ${second.words}`,
    holds: (scope) => first.holds(scope) && second.holds(scope),
  }
}

/** The same permissions, in one case only. */
export function onlyIn(one: Case, permissions: readonly Permission[]): Permission[] {
  return permissions.map((permission) => ({
    ...permission,
    only: permission.only ? both(one, permission.only) : one,
  }))
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
}
