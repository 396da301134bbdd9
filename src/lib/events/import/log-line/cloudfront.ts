import type {LogLine} from './log-line'
import {lineOfRecord, type RecordNames} from './record'

/** Values that CloudFront writes percent-encoded once more than the client did. */
const encoded = new Set(['cs(User-Agent)', 'cs(Referer)', 'cs(Cookie)'])

/**
 * Reads the standard log of CloudFront (the extended format of the W3C, divided by tabs), whose `#Fields` say what the lines
 * below them hold; a new header may follow at any place, where logs were put together.
 */
export class CloudFrontReader {
  private fields: readonly string[] | undefined

  constructor(private readonly names: RecordNames) {}

  /** Takes a line that begins with `#`. */
  directive(text: string): void {
    const [, fields] = /^#Fields:\s*(.+)$/.exec(text) ?? []
    if (fields !== undefined) this.fields = fields.trim().split(/\s+/)
  }

  /** Whether a header was seen, and the line is divided as its lines are. */
  reads(text: string): boolean {
    return this.fields !== undefined && text.includes('\t')
  }

  /** Undefined where the line does not hold what the header says. */
  read(text: string): LogLine | undefined {
    const {fields} = this
    const values = text.split('\t')
    if (!fields || values.length !== fields.length) return undefined
    const entries = fields.map((field, i): [string, string] => [field, valueOf(field, values[i] ?? '')])
    return lineOfRecord(Object.fromEntries(entries), this.names)
  }
}

function valueOf(field: string, text: string): string {
  if (!encoded.has(field)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
