import {columnName, eventColumns, type LearntField} from '../../../../src/lib/road/event-columns'
import {FieldTally} from '../../../../src/lib/lake/fields/field-tally'
import {fieldFindings, settleFields} from '../../../../src/lib/lake/fields/settle-fields'
import {sampleUsageEvents} from '../../../../src/lib/usage-event/samples'
import fc from '../../../_helpers/properties'

const look = (details: readonly unknown[], learnt: readonly LearntField[] = []) => {
  const tally = new FieldTally(learnt)
  for (const detail of details) tally.add(detail)
  const {fresh, findings} = settleFields(tally, learnt)
  return {
    fresh: fresh.map(({path, hiveType, events}) => `${path.join('.')} ${hiveType} ${events}`).sort(),
    findings: findings.map(
      ({field, finding, column}) =>
        `${String(field)}: ${String(finding)}${column === undefined ? '' : ` (${String(column)})`}`,
    ),
    all: fieldFindings(tally, learnt),
  }
}

const lost = 'queries see NULL'

describe('fields of events against the columns of the lake', () => {
  it('are all held where events keep to the contract, attributes of any name too', () => {
    const events = [...sampleUsageEvents({seed: 1, count: 200, from: 0, to: 1e6})]

    expect(look([...events, {attributes: {region: 'eu', deep: {er: 1}}}, {feature: null}]).all).toEqual([])
  })

  it('are named where no column has them, or where a column cannot hold them', () => {
    const {all} = look([
      {eventId: 'a', tenant: {id: 't', tier: 2}, durationMs: 'fast', quantity: '2.5'},
      {eventId: 'b', tenant: 'plain', durationMs: '12.5', response: {status: 200.5, cached: true}},
      {eventId: 'c', durationMs: [1], service: 'payments', test: 'yes'},
    ])

    const nothing = 'no column has it'
    expect(all).toEqual([
      {field: 'durationMs', column: 'durationms double', seen: 'list, text', events: 2, finding: lost},
      {field: 'response.cached', seen: 'boolean', events: 1, finding: nothing},
      {field: 'response.status', column: 'response.status int', seen: 'number', events: 1, finding: lost},
      {field: 'service', seen: 'text', events: 1, finding: `${nothing}: columns have members of it`},
      {
        ...{field: 'tenant', seen: 'object, text', events: 2},
        finding: `${nothing}: it is an object in some events only`,
      },
      {field: 'test', column: 'test boolean', seen: 'text', events: 1, finding: lost},
    ])
  })

  it('survive what is no event', () => {
    expect(look([null, 5, [], 'x', {}]).findings).toEqual([
      ': no column has it: the detail of an event is an object',
    ])
  })
})

describe('columns for fields that have none', () => {
  it('are of the type that holds all values that were seen, wherever the field stands', () => {
    const {fresh, findings} = look([
      {tenant: 't-1', retries: 1, ratio: 1, cached: true, code: 5, tags: ['a'], billing: {regionCode: 'eu'}},
      {tenant: 't-2', retries: 2, ratio: 0.5, cached: false, code: 'x', tags: ['b', null], billing: {}},
      {big: 12345678901234567890, ids: [1, 2], customer: {tier: 'gold'}, a: {b: {c: true}}, tenant: null},
      {ids: [0.5], tags: [], Cached: true},
    ])

    expect(fresh).toEqual([
      'a.b.c boolean 1',
      'big string 1',
      'billing.regionCode string 1',
      'cached boolean 3',
      'code string 2',
      'customer.tier string 1',
      'ids array<double> 2',
      'ratio double 2',
      'retries bigint 2',
      'tags array<string> 3',
      'tenant string 2',
    ])
    expect(findings).toEqual([])
  })

  it('are not made of what no column can be, which is said', () => {
    const wide = Object.fromEntries(Array.from({length: 31}, (_, i) => [`id${i}`, i]))
    const {fresh, findings} = look([
      {
        'x-trace': 'a',
        _id: 1,
        ['__proto__']: 1,
        'a"; DROP TABLE events; --': 1,
        '': 1,
        naïve: 1,
        ['n'.repeat(65)]: 1,
      },
      {lines: [{a: 1}], mixed: [1], none: [], empty: {}, wide, deep: {a: {b: {c: {d: 1}}}}},
      {mixed: 1, nothing: null, 'service.name': 'not the name of the service'},
      JSON.parse('{"__proto__": {"polluted": true}}'),
    ])

    expect(fresh).toEqual([])
    expect(
      findings.filter((text) => text.includes('cannot be called so')).map((text) => text.split(':')[0]),
    ).toEqual(
      [
        '',
        '__proto__',
        '_id',
        'a"; DROP TABLE events; --',
        'naïve',
        'n'.repeat(65),
        'service.name',
        'x-trace',
      ].sort(),
    )
    expect(findings.filter((text) => !text.includes('cannot be called so'))).toEqual([
      'deep.a.b.c: no column has it: it lies too deep',
      'empty: no column has it',
      'lines: no column has it: its lists hold more than plain values',
      'mixed: no column has it: its lists hold more than plain values',
      'none: no column has it: only empty lists were seen',
      'wide: no column has it: it has more than 30 members',
    ])
  })

  it('have a name of their own: none of the lake, and none that another field has', () => {
    const {fresh, findings} = look([
      {account: 'x', userID: 'u', dt: 'y', batch: 1, Object: 'z', event_day: 'e', arrival: 1},
      {billing: {region: 'eu'}},
      {billing: {region: 'eu'}, billing_region: 'us'},
    ])

    expect(fresh).toEqual(['billing.region string 2'])
    expect(findings.map((text) => text.replace('no column has it: another one is called ', ''))).toEqual([
      'Object: object',
      'account: account',
      'arrival: arrival',
      'batch: batch',
      'billing_region: billing_region',
      'dt: dt',
      'event_day: event_day',
      'userID: user_id',
    ])
  })

  it('are as many as may be, and those first that most events have', () => {
    const learnt = Array.from({length: 48}, (_, i) => ({path: [`known${i}`], hiveType: 'string'}))
    const {fresh, findings} = look([{a: 1, c: 1, d: 1}, {b: 1, c: 1, d: 1}, {known1: 'x'}], learnt)

    expect(fresh).toEqual(['c bigint 2', 'd bigint 2'])
    expect(findings).toEqual([
      'a: no column has it: 50 were learnt, and no more are',
      'b: no column has it: 50 were learnt, and no more are',
    ])
  })

  it('that are there hold what they were made for, and what became of it is said', () => {
    const learnt = [
      {path: ['retries'], hiveType: 'bigint'},
      {path: ['billing', 'regionCode'], hiveType: 'string'},
      {path: ['tags'], hiveType: 'array<string>'},
    ]
    const {fresh, findings} = look(
      [
        {retries: 'many', billing: {REGIONcode: 5, zone: 'a'}, tags: ['x', 1, null]},
        {retries: 9223372036854775808, billing: 'none', tags: 'x'},
        {retries: '12', billing: {regioncode: {}}},
      ],
      learnt,
    )

    expect(fresh).toEqual(['billing.zone string 1'])
    expect(findings).toEqual([
      'billing: no column has it: columns have members of it',
      `billing.regioncode: ${lost} (billing.regioncode string)`,
      `retries: ${lost} (retries bigint)`,
      `tags: ${lost} (tags array<string>)`,
    ])
  })

  it('have names that need no care, whatever fields are called, and hold every value that made them', () => {
    const names = fc.string({maxLength: 8}).filter((name) => name !== '__proto__')
    const json = fc.jsonValue({maxDepth: 3})
    const details = fc.array(fc.dictionary(names, json, {maxKeys: 6}), {maxLength: 6})
    fc.assert(
      fc.property(details, (events) => {
        const tally = new FieldTally([])
        for (const event of events) tally.add(event)
        const {fresh} = settleFields(tally, [])

        const all = [...eventColumns(fresh).map(({name}) => name)]
        expect(new Set(all).size).toBe(all.length)
        expect(fresh.map(({path}) => columnName(path)).every((name) => /^[a-z][a-z0-9_]*$/.test(name))).toBe(
          true,
        )
        // With their columns, nothing of them is left to say.
        const again = new FieldTally(fresh)
        for (const event of events) again.add(event)
        expect(settleFields(again, fresh)).toMatchObject({fresh: []})
        expect(again.fields.filter(({column}) => column)).toEqual([])
      }),
    )
  })
})
