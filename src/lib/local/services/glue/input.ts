import {notEmulated} from '../../service-error'
import type {CallContext} from '../../platform'
import {invalidInput} from './errors'

/**
 * Checks a name (1 to 255 characters, no control characters) and folds it to lower case, as Glue does for Hive
 * compatibility. Throws `InvalidInputException`.
 */
export function nameOf(value: string | undefined, field: string): string {
  return checkedName(value, field).toLowerCase()
}

/** Checks a name as `nameOf` does, and keeps its case. Throws `InvalidInputException`. */
export function checkedName(value: string | undefined, field: string): string {
  const length = value?.length ?? 0
  if (value === undefined || length < 1)
    throw constraint(value, field, 'have length greater than or equal to 1')
  if (length > 255) throw constraint(value, field, 'have length less than or equal to 255')
  if (/[\u0000-\u0008\u000a-\u001f]/.test(value)) throw invalidInput(`${field} holds control characters.`)
  return value
}

/** The page size asked for, from 1 to `max`; `max` when nothing is said. Throws `InvalidInputException`. */
export function pageLimit(value: number | undefined, max: number): number {
  if (value === undefined) return max
  if (value < 1) throw constraint(value, 'maxResults', 'have value greater than or equal to 1')
  if (value > max) throw constraint(value, 'maxResults', `have value less than or equal to ${max}`)
  return value
}

/** Throws where a list is longer than the operation takes. */
export function maxItems(list: readonly unknown[], max: number, field: string): void {
  if (list.length > max)
    throw constraint(`[${list.length} items]`, field, `have length less than or equal to ${max}`)
}

/** Refuses another account's catalog, and parameters that would change the answer and are not emulated. */
export function onlyOwnCatalog(
  input: {
    CatalogId?: string | undefined
    TransactionId?: string | undefined
    QueryAsOfTime?: Date | undefined
  },
  ctx: CallContext,
): void {
  if (input.CatalogId !== undefined && input.CatalogId !== ctx.accountId) {
    throw notEmulated(
      `CatalogId ${input.CatalogId} (the only catalog is ${ctx.accountId})`,
      'InvalidInputException',
    )
  }
  refuse(input, ['TransactionId', 'QueryAsOfTime'])
}

/** Refuses members that are set although the endpoint does not emulate them. Throws `InvalidInputException`. */
export function refuse(input: object, members: readonly string[]): void {
  const found = members.find((member) => (input as Record<string, unknown>)[member] !== undefined)
  if (found !== undefined) throw notEmulated(found, 'InvalidInputException')
}

function constraint(value: string | number | undefined, field: string, rule: string): Error {
  const shown = value === undefined ? 'null' : `'${value}'`
  return invalidInput(
    `1 validation error detected: Value ${shown} at '${field}' failed to satisfy constraint: Member must ${rule}`,
  )
}
