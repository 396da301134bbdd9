import {resultRows} from '../../../src/lib/reports/result-file'
import type {Cell} from '../../../src/lib/reports/result-file'
import fc from '../../_helpers/properties'

/** As Athena writes it: every field quoted, NULL nothing at all. */
const written = (rows: readonly Cell[][]) =>
  rows
    .map((cells) =>
      cells.map((cell) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`)).join(','),
    )
    .map((line) => `${line}\n`)
    .join('')

async function read(bytes: Buffer, size: number): Promise<Cell[][]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const rows: Cell[][] = []
  for await (const row of resultRows(chunks())) rows.push(row)
  return rows
}

describe('a result file', () => {
  it('tells a NULL from an empty text, and a quote, a comma and a line break from the end of a field', async () => {
    const text = 'x,,y\n"a","",\n"say ""hi"", twice","two\nlines","""\n"\n'

    expect(await read(Buffer.from(text), 7)).toEqual([
      ['x', undefined, 'y'],
      ['a', '', undefined],
      ['say "hi", twice', 'two\nlines', '"\n'],
    ])
  })

  it('reads a last line that has no end', async () => {
    expect(await read(Buffer.from('"a","b"\n"c","d"'), 3)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('gives back what was written, however it comes in pieces', async () => {
    const text = fc.string({unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', '€', '😀'), maxLength: 6})
    const cell = fc.option(text, {nil: undefined})
    const rows = fc
      .integer({min: 2, max: 4})
      .chain((width) => fc.array(fc.array(cell, {minLength: width, maxLength: width}), {maxLength: 8}))

    await fc.assert(
      fc.asyncProperty(rows, fc.integer({min: 1, max: 40}), async (given, size) => {
        expect(await read(Buffer.from(written(given)), size)).toEqual(given)
      }),
    )
  })
})
