import {createHash} from 'node:crypto'
import {renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Invoice} from '../../core/invoice'
import {makeFolder} from '../../core/make-folder'
import {OpError, messageOf} from '../../core/errors'

/** How an invoice becomes the text of a file. */
export interface InvoiceWriter {
  extension: string
  textOf: (invoices: readonly Invoice[]) => string
}

/**
 * Writes each invoice into a file of its own, named after its customer, and puts it in place whole. Returns the paths in order. Throws
 * INVOICE_NOT_WRITTEN (usage) where the folder or a file cannot be written; those before it are there.
 */
export function writeInvoices(
  folder: string,
  {extension, textOf}: InvoiceWriter,
  invoices: readonly Invoice[],
): string[] {
  const paths: string[] = []
  try {
    makeFolder(folder)
    for (const invoice of invoices) {
      const path = join(folder, `${fileNameOf(invoice.customerId)}.${extension}`)
      writeFileSync(`${path}.part`, textOf([invoice]))
      renameSync(`${path}.part`, path)
      paths.push(path)
    }
  } catch (error) {
    throw new OpError(
      'usage',
      'INVOICE_NOT_WRITTEN',
      `${paths.length} invoices were written to ${folder}, and the next could not be: ${messageOf(error)}`,
      {hint: 'Name a folder that can be written to with --output.'},
    )
  }
  return paths
}

/** Ids are anybody's: what is more than a plain name gets a hash of the id behind it, so that no two share a file. */
export function fileNameOf(customerId: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,99}$/.test(customerId)) return customerId
  const plain = customerId.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60)
  const hash = createHash('sha256').update(customerId).digest('hex').slice(0, 12)
  return `${plain}-${hash}`
}
