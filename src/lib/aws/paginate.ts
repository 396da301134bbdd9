import {OpError} from '../core/errors'

/**
 * Reads a list page by page to its end. `fetchPage` gets the token of the page (undefined for the first one),
 * `tokenOf` takes the next page's token from an answer. The SDK has paginators for a few services only; this is
 * one way for all. Throws `ENDLESS_LIST` (service) where a service hands out the same token twice in a row.
 */
export async function* pages<Page>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
): AsyncGenerator<Page, void, void> {
  let token: string | undefined
  for (;;) {
    const page = await fetchPage(token)
    yield page
    const next = tokenOf(page)
    if (next === undefined || next === '') return
    if (next === token) {
      throw new OpError('service', 'ENDLESS_LIST', 'The service answered with the same page of a list twice.')
    }
    token = next
  }
}

/** The elements of a paged list, one by one. `itemsOf` may find none on a page. */
export async function* items<Page, Item>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): AsyncGenerator<Item, void, void> {
  for await (const page of pages(fetchPage, tokenOf)) yield* itemsOf(page) ?? []
}

/** All elements of a paged list in one array, for lists that are known to be short. */
export async function allItems<Page, Item>(
  fetchPage: (token: string | undefined) => Promise<Page>,
  tokenOf: (page: Page) => string | undefined,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items(fetchPage, tokenOf, itemsOf)) found.push(item)
  return found
}
