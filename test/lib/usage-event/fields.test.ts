import {usageEventColumns} from '../../../src/lib/usage-event/columns'
import {usageEventFields} from '../../../src/lib/usage-event/fields'

describe('usageEventFields', () => {
  const fields = usageEventFields()
  const typeOf = (path: string) => fields.find((field) => field.path === path)?.type

  it('names every leaf of the contract once, in its order', () => {
    const leaves = fields.filter((field) => field.type !== 'object' || field.isFree)

    expect(leaves.map((field) => field.path)).toEqual(
      usageEventColumns().map(({path}) => `detail.${path.join('.')}`),
    )
  })

  it.each([
    ['detail.eventId', 'string'],
    ['detail.customer', 'object'],
    ['detail.customer.id', 'string'],
    ['detail.response.status', 'integer'],
    ['detail.durationMs', 'number'],
    ['detail.test', 'boolean'],
  ])('says the type of %s', (path, type) => {
    expect(typeOf(path)).toBe(type)
  })

  it('leaves the members of the attributes, and of nothing else, to the producer', () => {
    expect(fields.filter((field) => field.isFree).map((field) => field.path)).toEqual(['detail.attributes'])
  })

  it('explains every field', () => {
    expect(fields.filter((field) => field.description.length < 10)).toEqual([])
  })
})
