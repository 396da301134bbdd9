import fc from '../../_helpers/properties'
import {allItems, items} from '../../../src/lib/aws/paginate'

interface Page {
  next?: string | undefined
  list?: number[] | undefined
}

const nextOf = (page: Page): string | undefined => page.next
const listOf = (page: Page): number[] | undefined => page.list

describe('allItems', () => {
  it('reads every page to the end, whatever the sizes of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer()), {minLength: 1}), async (lists) => {
        const fetchPage = async (token: string | undefined): Promise<Page> => {
          const index = Number(token ?? 0)
          return {list: lists[index], next: index + 1 < lists.length ? String(index + 1) : undefined}
        }

        expect(await allItems(fetchPage, nextOf, listOf)).toEqual(lists.flat())
      }),
    )
  })

  it('takes an empty token for the end', async () => {
    expect(await allItems(async () => ({list: [1], next: ''}), nextOf, listOf)).toEqual([1])
  })

  it('stops where a service hands out the same token again', async () => {
    await expect(allItems(async () => ({list: [1], next: 'a'}), nextOf, listOf)).rejects.toMatchObject({
      kind: 'service',
      code: 'ENDLESS_LIST',
    })
  })
})

describe('items', () => {
  it('asks for a page only when it is wanted', async () => {
    const asked: (string | undefined)[] = []
    const fetchPage = async (token: string | undefined): Promise<Page> => {
      asked.push(token)
      return {list: [1, 2], next: token === undefined ? 'second' : undefined}
    }

    const first = await items(fetchPage, nextOf, listOf).next()

    expect(first.value).toBe(1)
    expect(asked).toEqual([undefined])
  })
})
