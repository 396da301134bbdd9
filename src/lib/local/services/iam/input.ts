import type {Tag} from '@aws-sdk/client-iam'
import {pageOf} from '../../page'
import type {Role, RolePolicies} from '../../policy/role-policies'
import {notEmulated, type ServiceError} from '../../service-error'
import {constraint, limitExceeded, noSuchRole, validationError} from './errors'

/** Checks a name of `[\w+=,.@-]` and returns it. `field` as IAM names it (`roleName`). Throws `ValidationError`. */
export function nameOf(value: string | undefined, field: string, maxLength: number): string {
  if (value === undefined || value.length < 1)
    throw constraint(value ?? '', field, 'have length greater than or equal to 1')
  if (value.length > maxLength)
    throw constraint(value, field, `have length less than or equal to ${maxLength}`)
  if (!/^[\w+=,.@-]+$/.test(value)) {
    throw validationError(
      `The specified value for ${field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    )
  }
  return value
}

/** The role that a call names. Throws `NoSuchEntity` and `ValidationError`. */
export function roleOf(roles: RolePolicies, name: string | undefined): Role {
  const role = roles.role(nameOf(name, 'roleName', 64))
  if (!role) throw noSuchRole(name ?? '')
  return role
}

/** A number between two bounds, or undefined where none is given. Throws `ValidationError`. */
export function numberWithin(
  value: number | undefined,
  field: string,
  min: number,
  max: number,
): number | undefined {
  if (value === undefined) return undefined
  if (!Number.isInteger(value) || value < min)
    throw constraint(value, field, `have value greater than or equal to ${min}`)
  if (value > max) throw constraint(value, field, `have value less than or equal to ${max}`)
  return value
}

/** A page as IAM's lists have it: `MaxItems` of 1 to 1000, 100 when nothing is said. Throws `ValidationError`. */
export function pageOfItems<T>(
  items: readonly T[],
  input: {Marker?: string | undefined; MaxItems?: number | undefined},
): {items: T[]; page: {IsTruncated: boolean; Marker?: string}} {
  const limit = numberWithin(input.MaxItems, 'maxItems', 1, 1000) ?? 100
  const badToken = (): ServiceError => validationError('Invalid Marker.')
  const {items: found, nextToken} = pageOf(items, {limit, token: input.Marker, badToken})
  return {
    items: found,
    page: {IsTruncated: nextToken !== undefined, ...(nextToken ? {Marker: nextToken} : {})},
  }
}

/** Adds tags to those there are; at most 50. Throws `ValidationError` and `LimitExceeded`. */
export function withTags(
  current: Record<string, string> | undefined,
  tags: readonly Tag[] = [],
): Record<string, string> {
  const merged = new Map(Object.entries(current ?? {}))
  for (const {Key: key = '', Value: value = ''} of tags) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key))
      throw constraint(
        key,
        'tags.member.key',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+',
      )
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value))
      throw constraint(
        value,
        'tags.member.value',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*',
      )
    merged.set(key, value)
  }
  if (merged.size > 50) throw limitExceeded('The number of tags has reached the maximum limit.')
  return Object.fromEntries(merged)
}

/** Tags as IAM lists them. */
export function toTags(tags: Record<string, string> | undefined): Tag[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({Key, Value}))
}

/** Refuses members that would change what a role may do and are not emulated. */
export function refuse(input: object, members: readonly string[]): void {
  const found = members.find((member) => (input as Record<string, unknown>)[member] !== undefined)
  if (found !== undefined) throw notEmulated(found, 'InvalidInputException')
}
