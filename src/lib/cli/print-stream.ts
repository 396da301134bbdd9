import type {Column, Row} from '../core/column'
import type {Page} from '../core/page'
import type {RowForm} from '../render/row-form'
import {RowStore} from './row-store'

/** An answer whose rows are taken while they come. What else it says may be known only behind them. */
export interface StreamedAnswer {
  columns: readonly Column[]
  rows: AsyncIterable<Row>
  /** Keys of the `--json` answer before `rows`, and behind. */
  before: object
  after: () => object
  /** What stands around so many rows. */
  around: (count: number) => {above?: string; below?: string; page: Page}
}

/** Where it goes: `write` resolves when there is room for more. */
export interface StreamOut {
  write: (text: string) => Promise<void>
  /** Characters in a line of the terminal. */
  width: number | undefined
  /** Of JSON. */
  indent: number
}

const batchSize = 500

/**
 * Writes an answer of any size. JSON, CSV and Markdown go out row by row while the rows are read; a table, whose columns are as wide as their widest cell, and a page of HTML, which
 * says how many rows there are, once all are read, and many rows wait in a file until then. Memory is bounded.
 */
export async function printStream(answer: StreamedAnswer, format: string, out: StreamOut): Promise<void> {
  if (format === 'table' || format === 'html') return printKept(answer, format, out)
  const form = await formOf(answer, format, out)
  await out.write(form.head)
  await writeRows(form, inBatches(answer.rows), out)
  // Only now is everything known.
  await out.write((await formOf(answer, format, out)).tail)
}

async function formOf(
  {columns, before, after}: StreamedAnswer,
  format: string,
  {indent}: StreamOut,
): Promise<RowForm> {
  if (format === 'csv') return (await import('../render/csv')).csvForm(columns)
  if (format === 'markdown') return (await import('../render/markdown')).markdownForm(columns)
  return (await import('../render/row-form')).jsonForm(before, after(), indent)
}

async function printKept(answer: StreamedAnswer, format: 'table' | 'html', out: StreamOut): Promise<void> {
  const {TableWidths, tableForm} = await import('../render/table')
  const {columns} = answer
  const store = new RowStore()
  const widths = new TableWidths(columns)
  try {
    for await (const batch of inBatches(answer.rows)) {
      if (format === 'table') widths.take(batch)
      await store.add(batch)
    }
    const {above, below, page} = answer.around(store.count)
    const form =
      format === 'table'
        ? tableForm(columns, widths, {width: out.width})
        : (await import('../render/html/page')).pageForm({columns, rows: []}, page, store.count === 0)
    const isTable = format === 'table'
    await out.write(`${isTable && above !== undefined ? `${above}\n\n` : ''}${form.head}`)
    await writeRows(form, store.batches(batchSize), out)
    await out.write(`${form.tail}${isTable && below !== undefined ? `\n${below}\n` : ''}`)
  } finally {
    await store.close()
  }
}

async function writeRows(
  {text}: RowForm,
  batches: AsyncIterable<readonly Row[]>,
  out: StreamOut,
): Promise<void> {
  let isFirst = true
  for await (const batch of batches) {
    await out.write(text(batch, isFirst))
    isFirst &&= batch.length === 0
  }
}

async function* inBatches(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    if (batch.push(row) < batchSize) continue
    yield batch
    batch = []
  }
  yield batch
}
