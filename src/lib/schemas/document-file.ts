import {randomUUID} from 'node:crypto'
import {lstat, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {messageOf, OpError, systemCodeOf} from '../core/errors'
import {stringifyExact} from '../core/json'
import {makeFolder} from '../core/make-folder'
import type {ExportForm} from './export-form'

/** 255 bytes are the longest file name of most file systems; the names of schemas may be longer. */
const maxNameLength = 255

/**
 * Names of the files of exported schemas in one folder: `my-applications@ApiUsageEvent.openapi3.json`. Whatever could leave the folder or
 * trouble a file system becomes `_`, also a leading dot and the names that Windows keeps for devices. Names that differ in the case of
 * letters alone would be one file on many file systems; the later one gets a number.
 */
export class DocumentFileNames {
  private readonly taken = new Set<string>()

  constructor(private readonly form: ExportForm) {}

  take(schema: string): string {
    const end = this.form === 'typescript' ? '.ts' : `.${this.form}.json`
    const clean = schema.replace(/[^0-9A-Za-z_.@-]/g, '_').replace(/^\.+/, (dots) => '_'.repeat(dots.length))
    const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean || '_'
    for (let n = 0; ; n += 1) {
      const mark = n === 0 ? '' : `_${n}`
      const name = `${safe.slice(0, maxNameLength - end.length - mark.length)}${mark}${end}`
      if (this.taken.has(name.toLowerCase())) continue
      this.taken.add(name.toLowerCase())
      return name
    }
  }
}

/** The same document always gives the same text: two spaces of indent, a line break at the end. */
export function documentText(content: object | string): string {
  return typeof content === 'string' ? content : `${stringifyExact(content, 2)}\n`
}

/** The text of a document in a file: YAML where the file's name asks for it. */
export async function fileText(content: object | string, file: string): Promise<string> {
  if (typeof content === 'string' || !/\.ya?ml$/i.test(file)) return documentText(content)
  const {yamlOf} = await import('./yaml-text')
  return yamlOf(documentText(content))
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

/**
 * Writes a file whole or not at all, and the folders above it; says whether it changed. A file that already holds the text is left alone, so
 * that its time stays. A link is replaced by a file, never followed. Throws `CANNOT_WRITE_FILE` (usage).
 */
export async function writeDocumentFile(path: string, text: string): Promise<boolean> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`)
  try {
    if (await holds(path, text)) return false
    makeFolder(dirname(path))
    await writeFile(temporary, text, {flag: 'wx'})
    await rename(temporary, path)
    return true
  } catch (error) {
    await rm(temporary, {force: true}).catch(() => undefined)
    throw cannotWrite(path, error)
  }
}

async function holds(path: string, text: string): Promise<boolean> {
  try {
    const found = await lstat(path)
    return found.isFile() && found.size === Buffer.byteLength(text) && (await readFile(path, 'utf8')) === text
  } catch (error) {
    // A folder that cannot be read says so when it is written.
    if (systemCodeOf(error) !== undefined) return false
    throw error
  }
}

function cannotWrite(path: string, error: unknown): OpError {
  return new OpError('usage', 'CANNOT_WRITE_FILE', `${path} cannot be written: ${messageOf(error)}`, {
    hint: 'Name another place with --output.',
    cause: error,
  })
}
