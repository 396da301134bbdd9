import fc, {runs} from '../../../_helpers/properties'
import {jsonTable, Lake} from '../services/athena/lake'

const types = {
  s: 'string',
  n: 'int',
  b: 'bigint',
  d: 'double',
  t: 'boolean',
  l: 'array<string>',
  i: 'array<bigint>',
  m: 'map<string,string>',
  o: 'struct<name:string,size:bigint,tags:array<string>,inner:struct<flag:boolean,ratio:double>>',
}

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
})

afterAll(async () => {
  await lake.discard()
})

/** Any value, often of the kind that some column wants. Numbers of many digits would take the way of texts. */
const value = fc.letrec<{any: unknown}>((tie) => ({
  any: fc.oneof(
    {maxDepth: 3},
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      7.5,
      2 ** 31,
      2 ** 40,
      '',
      'true',
      '12',
      ' 7',
      '1.5',
      '{}',
      '日本',
    ),
    fc.string({unit: 'grapheme'}),
    fc.integer(),
    fc.integer({min: -1e6, max: 1e6}).map((n) => n / 8),
    fc.array(tie('any'), {maxLength: 3}),
    fc.dictionary(fc.constantFrom('name', 'size', 'tags', 'inner', 'flag', 'ratio', 'x', 'y'), tie('any'), {
      maxKeys: 4,
    }),
  ),
})).any

const documents = fc.array(
  fc.record(Object.fromEntries(Object.keys(types).map((key) => [key, value])), {requiredKeys: []}),
  {minLength: 1, maxLength: 200},
)

describe('columns that are taken out of a document while it is read', () => {
  it('are those that are taken out of its text', async () => {
    let table = 0
    await fc.assert(
      fc.asyncProperty(documents, async (all) => {
        table += 1
        const lines = all.map((document, n) => `${JSON.stringify({...document, id: n})}\n`).join('')
        // A timestamp is not among the types that are read at once, so the second table takes the other way.
        await lake.table(jsonTable(`plain_${table}`, {id: 'int', ...types}))
        await lake.table(jsonTable(`text_${table}`, {id: 'int', ...types, at: 'timestamp'}))
        await lake.put(`plain_${table}/a`, lines)
        await lake.put(`text_${table}/a`, lines)
        const columns = Object.keys(types).join(', ')

        const plain = await lake.ask(`SELECT id, ${columns} FROM plain_${table} ORDER BY id`)
        const text = await lake.ask(`SELECT id, ${columns} FROM text_${table} ORDER BY id`)

        expect(plain.reason).toBeUndefined()
        expect(plain.rows).toEqual(text.rows)
      }),
      {numRuns: runs(3, 6)},
    )
  })
})
