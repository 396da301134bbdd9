import {curatedTable} from '../../../src/lib/road/curated-table'
import {columnName, type LearntField} from '../../../src/lib/road/event-columns'
import {
  detailWith,
  fieldsOfCurated,
  fieldsOfRaw,
  hasColumns,
  hasField,
  withMembers,
} from '../../../src/lib/road/learnt-fields'
import {nothingCompacted, viewSql} from '../../../src/lib/road/lake-view'
import {rawColumns} from '../../../src/lib/road/raw-table'

const learnt: LearntField[] = [
  {path: ['billing', 'regionCode'], hiveType: 'string'},
  {path: ['customer', 'tier'], hiveType: 'bigint'},
  {path: ['tags'], hiveType: 'array<string>'},
]

const columnsOf = (fields: readonly LearntField[]) =>
  curatedTable({bucket: 'b'}, undefined, fields).StorageDescriptor.Columns

describe('fields that were learnt', () => {
  it('are read out of the tables that were made of them', () => {
    expect(fieldsOfCurated(columnsOf(learnt))).toEqual(learnt)
    expect(columnsOf(learnt).at(-1)).toMatchObject({Name: 'batch'})
    expect(fieldsOfRaw(rawColumns(learnt))).toEqual([
      {path: ['customer', 'tier'], hiveType: 'bigint'},
      {path: ['billing', 'regioncode'], hiveType: 'string'},
      {path: ['tags'], hiveType: 'array<string>'},
    ])
    for (const field of learnt) {
      expect(hasField(rawColumns(learnt), field)).toBe(true)
      expect(hasField(rawColumns(), field)).toBe(false)
      expect(hasField(rawColumns(learnt), {...field, hiveType: 'double'})).toBe(false)
    }
    expect([fieldsOfCurated(columnsOf([])), fieldsOfRaw(rawColumns())]).toEqual([[], []])
  })

  it('are none where the contract names them, where a comment does not fit, or a name needs care', () => {
    const columns = [
      {Name: 'feature', Type: 'string', Comment: 'detail.feature'},
      {Name: 'customer', Type: 'string', Comment: 'detail.customer'},
      {Name: 'attributes_x', Type: 'string', Comment: 'detail.attributes.x'},
      {Name: 'other', Type: 'string', Comment: 'detail.tenant'},
      {Name: 'x-y', Type: 'string', Comment: 'detail.x-y'},
      {Name: 'note', Type: 'string', Comment: 'A note of mine'},
      {Name: 'odd', Type: 'no type', Comment: 'detail.odd'},
      {Name: 'dt', Type: 'string', Comment: 'detail.dt'},
    ]
    expect(fieldsOfCurated(columns)).toEqual([])
    expect(fieldsOfRaw([{Name: 'detail', Type: 'struct<"; drop:string,_a:string,dt:string>'}])).toEqual([])
  })

  it('are in every part of the view', () => {
    const parts = viewSql(['json', 'parquet'], nothingCompacted, learnt).split('\nUNION ALL\n')
    for (const part of parts.slice(0, 2)) {
      expect(part).toContain('"billing_region_code", "customer_tier", "tags"')
    }
    expect(parts[2]).toContain('NULL AS "billing_region_code", NULL AS "customer_tier", NULL AS "tags"')
    expect(parts[1]).toContain('detail."billing"."regioncode" AS "billing_region_code"')
  })

  it('are no difference to a table that knows none, and stay where it is written anew', () => {
    expect(hasColumns(rawColumns(learnt), rawColumns())).toBe(true)
    expect(hasColumns(rawColumns(), rawColumns(learnt))).toBe(false)
    expect(hasColumns(rawColumns().slice(1), rawColumns())).toBe(false)
    const old = [{Name: 'detail', Type: 'struct<eventid:string,tenant:string,_own:map<string,int>>'}]
    const [detail] = withMembers(rawColumns(), old).slice(-1)
    expect(detail?.Type).toBe(
      `${detailWith([{path: ['tenant'], hiveType: 'string'}]).slice(0, -1)},_own:map<string,int>>`,
    )
  })

  it.each([
    [['userAgent'], 'user_agent'],
    [['userID'], 'user_id'],
    [['HTTPStatus'], 'http_status'],
    [['Foo', 'B2B'], 'foo_b2_b'],
    [['a_b', 'c'], 'a_b_c'],
  ])('%j has the column %s', (path, name) => {
    expect(columnName(path)).toBe(name)
  })
})
