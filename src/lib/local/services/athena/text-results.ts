import type {Blob, BlobStore} from '../../blob-store'
import type {CsvPage} from './csv-results'

/** The result file of a statement over the catalog: its rows, one cell each, without a header and without an end of line after the last. */
export function textFile(lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\n'))
}

/** Reads at most `limit` lines of such a file from the byte `from` on, which is the beginning of a line. An empty file has none. */
export async function readLines(blobs: BlobStore, blob: Blob, from: number, limit: number): Promise<CsvPage> {
  if (from >= blob.sizeBytes) return {rows: [], next: undefined}
  const chunks: Buffer[] = []
  for await (const chunk of blobs.read(blob, {from, to: blob.sizeBytes})) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString().split('\n')
  const shown = lines.slice(0, limit)
  const next = from + Buffer.byteLength(shown.map((line) => `${line}\n`).join(''))
  return {rows: shown.map((line) => [line]), next: lines.length > limit ? next : undefined}
}
