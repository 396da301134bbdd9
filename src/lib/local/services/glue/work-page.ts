import {pageOf} from '../../page'
import {invalidInput} from './errors'
import {pageLimit, refuse} from './input'

interface PageInput {
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

/** A page of `list`: at most `max` items, or as many as the caller wants. Throws `InvalidInputException`. */
export function workPage<T>(
  list: readonly T[],
  {NextToken: token, MaxResults: wanted}: PageInput,
  max = 200,
): {items: T[]; NextToken: string | undefined} {
  const badToken = () => invalidInput('The NextToken is invalid.')
  const {items, nextToken} = pageOf(list, {limit: pageLimit(wanted, max), token, badToken})
  return {items, NextToken: nextToken}
}

/** A page of names; a list by tags is refused. Throws `InvalidInputException`. */
export function namesPage(
  list: readonly {name: string}[],
  input: PageInput & {Tags?: Record<string, string> | undefined},
  max = 100,
): {names: string[]; NextToken: string | undefined} {
  refuse(input, ['Tags'])
  const {items, NextToken} = workPage(list, input, max)
  return {names: items.map(({name}) => name), NextToken}
}
