import {curatedTable} from '../../../src/lib/road/curated-table'
import {eventColumns} from '../../../src/lib/road/event-columns'
import {nothingCompacted, rawEventsSql, viewMark, viewSql} from '../../../src/lib/road/lake-view'
import {prestoViewSql} from '../../../src/lib/road/presto-view'

describe('the columns of an event in the lake', () => {
  it('are named after the leaves of the contract, each once', () => {
    const names = eventColumns().map(({name}) => name)

    expect(names).toEqual([...new Set(names)])
    expect(names).toEqual(
      expect.arrayContaining(['event_id', 'customer_plan', 'client_user_agent', 'duration_ms']),
    )
    expect(names.every((name) => /^[a-z][a-z0-9_]*$/.test(name))).toBe(true)
  })

  it('are those of the curated table, which says in which batch a row came', () => {
    const columns = curatedTable({bucket: 'b'}).StorageDescriptor.Columns.map(({Name}) => Name)
    expect(columns).toEqual([...eventColumns().map(({name}) => name), 'batch'])
  })
})

describe('the view of a lake', () => {
  it('reads every raw event while nothing is compacted', () => {
    expect(viewSql(['json'], nothingCompacted).split('\nUNION ALL\n')).toEqual([
      expect.stringMatching(/FROM "events"\nWHERE 'definition:[0-9a-f]{16}' <> '' AND "batch" <= ''$/),
      expect.stringMatching(/FROM "raw_events"\n\) AS taken\n\) AS arrived$/),
    ])
  })

  it('reads ended batches and no lost one, and of raw events those that are not compacted', () => {
    const sql = viewSql(['json', 'parquet'], {
      lastBatch: '00000012',
      lostBatches: ['00000007'],
      before: {dt: '2026-11-10', hour: '05'},
      objects: ["s3://b/events/dt=2026-11-10/hour=06/it's.gz"],
    })

    const [curated, json, parquet] = sql.split('\nUNION ALL\n')
    expect(curated).toContain(`"batch" <= '00000012' AND "batch" NOT IN ('00000007')`)
    const open = `WHERE ("dt" > '2026-11-10' OR ("dt" = '2026-11-10' AND "hour" >= '05'))`
    expect(json).toContain(`${open} AND "$path" NOT IN ('s3://b/events/dt=2026-11-10/hour=06/it''s.gz')`)
    expect(parquet).toContain(`${open}\n)`)
  })

  it('bears a mark by which it is known however it is formatted', () => {
    const [one, other] = [viewSql(['json'], nothingCompacted), viewSql(['json', 'parquet'], nothingCompacted)]

    expect(viewMark(one.replaceAll('"', '').replace(/\s+/g, '\n'))).toBe(viewMark(one))
    expect(viewMark(one)).not.toBe(viewMark(other))
    expect(viewMark('SELECT 1')).toBeUndefined()
  })

  it('has the same columns in each part', () => {
    const parts = viewSql(['json', 'parquet'], nothingCompacted).split('\nUNION ALL\n')
    const names = [...eventColumns().map(({name}) => name), 'arrival', 'dt', 'until_dt']
    for (const name of names) for (const part of parts) expect(part).toContain(`"${name}"`)
    expect(rawEventsSql(['json'])).toContain('AS "usage_events"')
  })
})

describe('the SQL of a view in the catalog', () => {
  const textOf = (view: object) =>
    `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`

  it('is what the engine kept', () => {
    expect(prestoViewSql(textOf({originalSql: 'SELECT 1'}))).toBe('SELECT 1')
  })

  it.each([undefined, '', 'SELECT 1', '/* Presto View: !!! */', '/* Presto View: AAAA */', textOf({})])(
    'is none in %j',
    (text) => {
      expect(prestoViewSql(text)).toBeUndefined()
    },
  )
})
