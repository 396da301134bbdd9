import {OpError} from '../core/errors'
import type {Invoice} from '../core/invoice'
import {stringifyExact} from '../core/json'
import {invoicesHtml} from './html/invoices'
import {invoiceMarkdown} from './invoice-markdown'

/** A form that invoices can be written in. */
export interface InvoiceForm {
  /** Of a file's name. */
  extension: string
  /** All of them in one text. */
  textOf: (invoices: readonly Invoice[]) => string
}

const forms: Readonly<Record<string, InvoiceForm>> = {
  markdown: {extension: 'md', textOf: (invoices) => invoices.map(invoiceMarkdown).join('\n')},
  html: {extension: 'html', textOf: invoicesHtml},
  // One is an object, several are lines of such.
  json: {extension: 'json', textOf: (invoices) => invoices.map((one) => `${stringifyExact(one)}\n`).join('')},
}

/** The form of that name; `table`, which is a report's default, is Markdown. Throws NO_SUCH_FORMAT (usage). */
export function invoiceForm(format: string): InvoiceForm {
  const form = forms[format === 'table' ? 'markdown' : format]
  if (form) return form
  throw new OpError('usage', 'NO_SUCH_FORMAT', `Invoices are not written as ${format}.`, {
    hint: `Formats are ${Object.keys(forms).join(', ')}.`,
  })
}
