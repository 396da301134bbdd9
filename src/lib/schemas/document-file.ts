import {randomUUID} from 'node:crypto'
import {rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {messageOf, OpError, systemCodeOf} from '../core/errors'
import {stringifyExact} from '../core/json'
import {makeFolder} from '../core/make-folder'
import type {ExportForm} from './export-form'

/**
 * The file name of an exported schema: `my-applications@ApiUsageEvent.openapi3.json`. Whatever could leave the folder or trouble a
 * file system becomes `_`, also a leading dot and the names that Windows keeps for devices.
 */
export function documentFileName(schema: string, form: ExportForm): string {
  const clean = schema.replace(/[^0-9A-Za-z_.@-]/g, '_').replace(/^\.+/, (dots) => '_'.repeat(dots.length))
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean
  const end = `.${form}.json`
  // 255 bytes are the longest file name of most file systems; the names of schemas may be longer.
  return `${(safe || '_').slice(0, 255 - end.length)}${end}`
}

/** A document as text: two spaces of indent, a line break at the end. The same document always gives the same text. */
export function documentText(document: object): string {
  return `${stringifyExact(document, 2)}\n`
}

/** Where `--output` means: a file in the folder that it names (one that is there, or a path that ends with `/`), else that very file. */
export async function outputPath(output: string, fileName: string): Promise<string> {
  const isFolder = /[/\\]$/.test(output) || (await isDirectory(output))
  return isFolder ? join(output, fileName) : output
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT' || systemCodeOf(error) === 'ENOTDIR') return false
    throw cannotWrite(path, error)
  }
}

/** Writes a file whole or not at all, and the folders above it. Throws `CANNOT_WRITE_FILE` (usage). */
export async function writeDocumentFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    makeFolder(dirname(path))
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, {force: true}).catch(() => undefined)
    throw cannotWrite(path, error)
  }
}

function cannotWrite(path: string, error: unknown): OpError {
  return new OpError('usage', 'CANNOT_WRITE_FILE', `${path} cannot be written: ${messageOf(error)}`, {
    hint: 'Name another place with --output.',
    cause: error,
  })
}
