import fc from 'fast-check'
import type {BarChart, Chart, DayChart} from '../../../src/lib/core/chart'
import type {Column, Row} from '../../../src/lib/core/column'
import {barsOf} from '../../../src/lib/render/chart/bars'
import {chartText} from '../../../src/lib/render/chart/chart-text'
import {daysOf} from '../../../src/lib/render/chart/days'
import {bytesText} from '../../../src/lib/core/size'
import {axisText} from '../../../src/lib/render/chart/axis-text'
import {displayWidth, fitText} from '../../../src/lib/render/display-width'

const columns: Column[] = [
  {key: 'name', header: 'name', type: 'text'},
  {key: 'amount', header: 'amount', type: 'money'},
  {key: 'before', header: 'before', unit: 'EUR', type: 'money'},
]
const amounts: BarChart = {kind: 'bars', title: 'Amounts', names: ['name'], values: ['amount'], rest: 'sum'}
const byDay: DayChart = {kind: 'days', title: 'Calls', day: 'day', value: 'calls'}

const bars = (chart: BarChart, rows: readonly Row[]) => barsOf(chart, {columns, rows})
const days = (rows: readonly Row[], most = 92, chart = byDay) => daysOf(chart, {columns, rows}, most)
const many = (count: number) =>
  Array.from({length: count}, (_, i) => ({name: `c${i}`, amount: `${i}.10`}) as Row)

describe('bars', () => {
  it('stand longest first, one for each name, with exact sums that keep their decimals', () => {
    const [chart] = bars(amounts, [
      {name: 'small', amount: '0.10'},
      {name: 'large', amount: '9007199254740993.05'},
      {name: 'small', amount: '0.20'},
    ])

    expect(chart?.bars).toEqual([
      {name: 'large', values: [{text: '9,007,199,254,740,993.05', size: 9007199254740993.05}]},
      {name: 'small', values: [{text: '0.30', size: 0.3}]},
    ])
  })

  it('are fifteen and one for all others, also for those that were folded before', () => {
    const [chart] = bars(amounts, [{name: '(others)', amount: '100.00'}, ...many(20)])

    expect(chart?.bars).toHaveLength(16)
    expect(chart?.bars[0]?.name).toBe('c19')
    expect(chart?.bars.at(-1)).toEqual({name: '(others)', values: [{text: '110.50', size: 110.5}]})
    expect(chart?.note).toBeUndefined()
  })

  it('say how many are left where a sum means nothing', () => {
    const [chart] = bars({...amounts, rest: 'leave'}, many(17))

    expect(chart?.bars).toHaveLength(15)
    expect(chart?.note).toBe('2 more stand in the table.')
  })

  it('stand apart for each currency, and are not drawn without a number', () => {
    const rows = [
      {name: 'a', amount: '1.00', currency: 'EUR'},
      {name: 'b', amount: '200', currency: 'JPY'},
      {name: 'free', currency: 'USD'},
    ]

    expect(bars({...amounts, apartBy: 'currency'}, rows).map(({title}) => title)).toEqual([
      'Amounts (EUR)',
      'Amounts (JPY)',
    ])
  })

  it('name what has no number, before all others, where the chart says a word for it', () => {
    const [chart] = bars({...amounts, rest: 'leave', missing: 'new'}, [
      {name: 'old', amount: '3'},
      {name: 'fresh'},
    ])

    expect(chart?.bars).toEqual([
      {name: 'fresh', values: [{text: 'new'}]},
      {name: 'old', values: [{text: '3', size: 3}]},
    ])
  })

  it('are in the order of the number that the chart names, with the headers of all', () => {
    const chart: BarChart = {...amounts, values: ['amount', 'before'], by: 'before', rest: 'leave'}
    const [drawn] = bars(chart, [
      {name: 'a', amount: '9', before: '1'},
      {name: 'b', amount: '1', before: '2'},
    ])

    expect(drawn?.bars.map(({name}) => name)).toEqual(['b', 'a'])
    expect(drawn?.series).toEqual(['amount', 'before (EUR)'])
  })
})

describe('columns over time', () => {
  it('have one for every day between, and sum rows of one day', () => {
    const [chart] = days([
      {day: '2028-03-01', calls: 2},
      {day: '2028-02-28', calls: 1},
      {day: '2028-03-01', calls: 3n},
    ])

    expect(chart?.columns).toEqual([
      {day: '2028-02-28', text: '1', size: 1},
      {day: '2028-02-29', text: '0', size: 0},
      {day: '2028-03-01', text: '5', size: 5},
    ])
  })

  it('go by week, from Monday on, and by month where the time is long', () => {
    const weeks = days([
      {day: '2026-11-01', calls: 1},
      {day: '2026-11-02', calls: 2},
      {day: '2027-02-28', calls: 4},
    ])[0]
    const months = days([
      {day: '2020-01-31', calls: 1},
      {day: '2026-12-01', calls: 2},
    ])[0]

    expect([weeks?.step, weeks?.columns[0]?.day, weeks?.columns[1]]).toEqual([
      'week',
      '2026-10-26',
      {day: '2026-11-02', text: '2', size: 2},
    ])
    expect([months?.title, months?.columns.length, months?.columns.at(-1)?.day]).toEqual([
      'Calls, by month',
      84,
      '2026-12-01',
    ])
  })

  it('lose nothing, whatever the days are', () => {
    const day = fc.date({min: new Date('2001-01-01'), max: new Date('2030-01-01'), noInvalidDate: true})
    const rows = fc.array(fc.record({day: day.map((at) => at.toISOString().slice(0, 10)), calls: fc.nat()}), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(rows, (list) => {
        const [chart] = days(list)
        const total = (sizes: number[]) => sizes.reduce((sum, size) => sum + size, 0)
        expect(total(chart?.columns.map(({size}) => size) ?? [])).toBe(total(list.map(({calls}) => calls)))
        expect(new Set(chart?.columns.map((one) => one.day)).size).toBe(chart?.columns.length)
      }),
    )
  })

  it('are not drawn where no row has a day', () => {
    expect(days([{day: '(others)', calls: 1}])).toEqual([])
  })
})

describe('a chart on a terminal', () => {
  const rows: Row[] = [
    {name: 'acme', amount: '10.00', before: '5.00'},
    {name: 'a-much-longer-customer-name', amount: '5.00', before: '10.00'},
  ]
  const draw = (chart: Chart, width: number, list = rows) =>
    chartText({columns, rows: list, charts: [chart]}, width)

  it('has bars to an eighth of a character, names cut at a third of the line', () => {
    expect(draw(amounts, 40)).toBe(
      [
        'Amounts',
        '',
        'acme          ████████████████████ 10.00',
        'a-much-longe… ██████████            5.00',
        '',
      ].join('\n'),
    )
  })

  it('gives names lines of their own where it is narrow', () => {
    expect(draw(amounts, 20)).toBe(
      [
        'Amounts',
        '',
        'acme',
        '██████████████ 10.00',
        'a-much-longer-custo…',
        '███████         5.00',
        '',
      ].join('\n'),
    )
  })

  it('tells series apart without colour', () => {
    expect(draw({...amounts, values: ['amount', 'before'], rest: 'leave'}, 40)).toBe(
      [
        'Amounts',
        '█ amount  ▓ before (EUR)',
        '',
        'acme          ████████████████████ 10.00',
        '              ▓▓▓▓▓▓▓▓▓▓            5.00',
        'a-much-longe… ██████████            5.00',
        '              ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ 10.00',
        '',
      ].join('\n'),
    )
  })

  it('draws what is below zero hollow, and time downwards', () => {
    const list = [
      {name: 'up', amount: '2', day: '2026-11-01', calls: 4},
      {name: 'down', amount: '-1', day: '2026-11-02', calls: 2},
    ]

    expect(draw(amounts, 20, list)).toBe('Amounts\n\nup   ████████████  2\ndown ░░░░░░       -1\n')
    expect(draw(byDay, 30, list)).toBe(
      'Calls\n\n2026-11-01 █████████████████ 4\n2026-11-02 ████████▌         2\n',
    )
  })

  it('is never wider than the terminal where numbers fit, and has no control characters', () => {
    const name = fc.string({unit: 'binary', maxLength: 60})
    const amount = fc.integer({min: -1e6, max: 1e6}).map(String)
    fc.assert(
      fc.property(fc.array(fc.record({name, amount})), fc.integer({min: 12, max: 200}), (list, width) => {
        for (const line of draw(amounts, width, list).split('\n')) {
          expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, 'Amounts'.length))
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
        }
      }),
    )
  })

  it('is nothing where there is nothing to draw', () => {
    expect(draw(amounts, 80, [])).toBe('')
  })
})

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1250, '1.25 kB'],
    [7_000_000_000, '7 GB'],
  ])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))

  it('are short at an axis', () =>
    expect([axisText(1_500_000, false), axisText(2000, true)]).toEqual(['1.5M', '2 kB']))

  it('of texts are kept', () => expect([fitText('日本語', 4), fitText('abcd', 4)]).toEqual(['日…', 'abcd']))
})
