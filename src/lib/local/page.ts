import type {ServiceError} from './service-error'

export interface PageRequest {
  /** The most items of a page. */
  limit: number
  /** The `NextToken` of the page before. */
  token: string | undefined
  /** The service's error for a token that is none of its own. */
  badToken: () => ServiceError
}

/** A page of `items` and, where more follow, the token that asks for them: the place of the next item, in base64. */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
): {items: T[]; nextToken: string | undefined} {
  const from = request.token === undefined ? 0 : placeOf(request.token)
  if (from === undefined) throw request.badToken()
  const to = from + request.limit
  return {items: items.slice(from, to), nextToken: to < items.length ? tokenOf(to) : undefined}
}

function tokenOf(place: number): string {
  return Buffer.from(`from:${place}`).toString('base64')
}

function placeOf(token: string): number | undefined {
  const match = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString())
  return match ? Number(match[1]) : undefined
}
