import type {Column} from '../../../src/lib/core/column'
import {arrangeRows, parseSort} from '../../../src/lib/reports/arrange-rows'

const columns: Column[] = [
  {key: 'customerId', header: 'customer', type: 'text'},
  {key: 'amount', header: 'amount', type: 'money'},
  {key: 'calls', header: 'calls', type: 'integer'},
]
const rows = [
  {customerId: 'b', amount: '9.50', calls: 1, currency: 'EUR'},
  {customerId: 'a', amount: '10.00', calls: 9007199254740993n, currency: 'EUR'},
  {customerId: 'd', calls: 3, currency: 'EUR'},
  {customerId: 'c', amount: '7', calls: 2, currency: 'JPY'},
]
const folding = {
  names: ['customerId'],
  sums: {amount: 'money', calls: 'count'},
  apart: 'currency',
} as const

const order = (sort: string) =>
  arrangeRows(rows, {sort: parseSort(sort, columns)}, folding)
    .map(({customerId}) => customerId)
    .join('')

describe('rows', () => {
  it.each([
    ['customerId', 'abcd'],
    ['Customer:desc', 'dcba'],
    ['amount', 'cbad'],
    ['amount:desc', 'abcd'],
    ['calls:desc', 'adcb'],
    ['calls:asc', 'bcda'],
  ])('stand in the order of %s, those without a value last', (sort, names) => {
    expect(order(sort)).toBe(names)
  })

  it('beyond the limit are one row for each currency, exactly', () => {
    expect(arrangeRows(rows, {limit: 1}, folding)).toEqual([
      rows[0],
      {customerId: '(others)', amount: '10.00', calls: 9007199254740996n, currency: 'EUR'},
      {customerId: '(others)', amount: '7', calls: 2, currency: 'JPY'},
    ])
  })

  it.each(['', 'amounts', 'amount:down'])('are not sorted by %j', (sort) => {
    expect(() => parseSort(sort, columns)).toThrow(
      expect.objectContaining({code: 'BAD_SORT', hint: expect.stringContaining('customerId, amount, calls')}),
    )
  })
})
