import {badRequest} from './errors'

const maxLimit = 100

/**
 * One page of an ordered list of rows. The token is the place after which the next page begins, so that rows which come or go
 * between two pages move nothing. Throws BadRequestException for a limit outside 1 to 100 and for a token that is none.
 */
export function pageOf<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  input: {Limit?: number | undefined; NextToken?: string | undefined},
): {page: T[]; nextToken: string | undefined} {
  const limit = input.Limit ?? maxLimit
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw badRequest(`Limit must be a number from 1 to ${maxLimit}. It is ${limit}.`)
  }
  const after = input.NextToken === undefined ? undefined : fromToken(input.NextToken)
  const start = after === undefined ? 0 : rows.findIndex((row) => keyOf(row) > after)
  const page = start === -1 ? [] : rows.slice(start, start + limit)
  const last = page.at(-1)
  const more = last !== undefined && start + limit < rows.length
  return {page, nextToken: more ? Buffer.from(`k:${keyOf(last)}`).toString('base64url') : undefined}
}

function fromToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (!text.startsWith('k:')) throw badRequest('The next token is not valid.')
  return text.slice(2)
}
