import type {Column, Row} from '../../../src/lib/core/column'
import {renderRows} from '../../../src/lib/render/render-rows'
import {toTable} from '../../../src/lib/render/table'

const columns: Column[] = [
  {key: 'customerId', header: 'customer', type: 'text'},
  {key: 'calls', header: 'calls', type: 'integer'},
  {key: 'amount', header: 'amount', unit: 'EUR', type: 'money'},
]
const rows: Row[] = [
  {customerId: 'acme', calls: 9007199254740993n, amount: '1234.50'},
  {customerId: 'a-much-longer-customer-name', calls: 2},
]

describe('a table', () => {
  it('has numbers on the right and is not cut where stdout is no terminal', () => {
    expect(renderRows({columns, rows}, 'table')).toBe(
      [
        'customer                                     calls  amount (EUR)',
        '---------------------------  ---------------------  ------------',
        'acme                         9,007,199,254,740,993      1,234.50',
        'a-much-longer-customer-name                      2',
        '',
      ].join('\n'),
    )
  })

  it('cuts text, never numbers, to fit a terminal', () => {
    expect(renderRows({columns, rows}, 'table', {width: 50})).toBe(
      [
        'customer                       calls  amount (EUR)',
        '-------------  ---------------------  ------------',
        'acme           9,007,199,254,740,993      1,234.50',
        'a-much-longe…                      2',
        '',
      ].join('\n'),
    )
  })

  it('shows numbers whole on a terminal that is too narrow for them', () => {
    expect(renderRows({columns, rows}, 'table', {width: 10})).toContain('9,007,199,254,740,993')
  })

  it('strips what would move the cursor, change colours or turn the text round', () => {
    const hostile = [{customerId: 'a\u001b[2J\u0007b\u009b31mc\u202ed\ne\u0000', calls: 1}]

    const line = toTable(columns, hostile).split('\n')[2]

    expect(line?.trimEnd()).toMatch(/^a\[2Jb31mcd e +1$/)
  })

  it('shows text in a column of numbers as the text it is', () => {
    expect(toTable(columns, [{customerId: 'x', calls: '\u001b[1m12' as unknown as number}])).toContain(
      '[1m12',
    )
  })

  it('measures wide characters', () => {
    const table = toTable(columns, [
      {customerId: '日本', calls: 1},
      {customerId: 'abcdefgh', calls: 2},
    ])

    expect(table.split('\n').slice(2)).toEqual(['日本          1', 'abcdefgh      2', ''])
  })

  it('has as many rows as there are, all as wide as the widest', () => {
    const many = Array.from({length: 40_000}, (_, i) => ({customerId: `customer-${i}`, calls: i}))
    const lines = toTable(columns, many).split('\n')

    expect(lines).toHaveLength(40_003)
    expect(lines[2]).toBe('customer-0           0')
    expect(lines[40_001]).toBe('customer-39999  39,999')
  })

  it('has a head and no rows where there are none', () => {
    expect(toTable(columns, [])).toBe('customer  calls  amount (EUR)\n--------  -----  ------------\n')
  })
})

describe('CSV', () => {
  it('has the keys, CRLF, doubled quotes and exact numbers', () => {
    const data = [{customerId: 'a "b", c\nd', calls: 9007199254740993n, amount: '-1234.50'}]

    expect(renderRows({columns, rows: data}, 'csv')).toBe(
      'customerId,calls,amount\r\n"a ""b"", c\nd",9007199254740993,-1234.50\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\u0000=1', '\u200e=1'])(
    'defuses the formula %j',
    (customerId) => {
      const [, line] = renderRows({columns, rows: [{customerId, calls: 1}]}, 'csv').split('\r\n')

      expect(line).toMatch(/^"?'/)
    },
  )

  it('leaves a negative number alone', () => {
    expect(renderRows({columns, rows: [{customerId: 'a', calls: -5}]}, 'csv')).toContain('a,-5,\r\n')
  })
})

describe('Markdown', () => {
  it('aligns numbers and escapes what would be markup', () => {
    const data = [{customerId: 'a|b <script>*x*\ny', calls: 12345}]

    expect(renderRows({columns, rows: data}, 'markdown')).toBe(
      [
        '| customer | calls | amount (EUR) |',
        '| --- | ---: | ---: |',
        String.raw`| a\|b &lt;script&gt;\*x\* y | 12345 |  |`,
        '',
      ].join('\n'),
    )
  })
})

describe('other formats', () => {
  it('writes JSON with exact integers and without missing values', () => {
    expect(renderRows({columns, rows}, 'json')).toBe(
      '[{"customerId":"acme","calls":9007199254740993,"amount":"1234.50"},{"customerId":"a-much-longer-customer-name","calls":2}]\n',
    )
  })

  it('refuses what it does not know, and says what it knows', () => {
    expect(() => renderRows({columns, rows}, 'html')).toThrow('There is no format "html".')
  })
})
