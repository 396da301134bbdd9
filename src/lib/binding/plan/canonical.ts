import {parseExact, stringifyExact} from '../../core/json'

/** A value as JSON text with sorted keys, so that two values are equal where their texts are. */
export function canonicalJson(value: unknown): string {
  return stringifyExact(sortKeys(value))
}

/** True where two JSON texts say the same, whatever their spaces and the order of their keys. Text that is no JSON equals nothing but itself. */
export function sameJsonText(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  try {
    return canonicalJson(parseExact(a)) === canonicalJson(parseExact(b))
  } catch {
    return false
  }
}

/**
 * An IAM policy in one form: a single statement, action, resource or condition value may stand alone or in a list, and
 * lists have no order. Two policies mean the same where their forms are equal. Sids are names, so they are left out.
 */
export function canonicalPolicy(document: unknown): string {
  const statements = listOf(memberOf(document, 'Statement')).map((s) => canonicalJson(canonicalStatement(s)))
  return canonicalJson({Version: memberOf(document, 'Version') ?? '2008-10-17', Statement: statements.sort()})
}

/** One statement of a policy in the same form; the Sid is left out. */
export function canonicalStatement(statement: unknown): unknown {
  if (!isRecord(statement)) return statement
  const entries = Object.entries(statement).filter(([key]) => key !== 'Sid')
  return Object.fromEntries(entries.map(([key, value]) => [key, canonicalMember(key, value)]))
}

function canonicalMember(key: string, value: unknown): unknown {
  if (key === 'Effect') return value
  if (key === 'Principal' && isEverybody(value)) return '*'
  // A condition is operator -> key -> values, a principal kind -> values: the lists are at the bottom.
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, canonicalMember(k, v)]))
  }
  return listOf(value).map(String).sort()
}

/**
 * In the policy of a resource `"*"` and `{"AWS": "*"}` mean the same (IAM user guide, "All principals"); moto keeps
 * everybody as the root of every account.
 */
function isEverybody(principal: unknown): boolean {
  if (!isRecord(principal) || Object.keys(principal).length !== 1) return principal === '*'
  const names = listOf(principal['AWS'])
  return names.length === 1 && /^(\*|arn:[\w-]+:iam::\*:root)$/.test(String(names[0]))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  )
}

/** A plain object; numbers that a double cannot hold are objects of a class and count as values. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

function memberOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined
}
