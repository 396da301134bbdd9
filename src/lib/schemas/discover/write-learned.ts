import {stat} from 'node:fs/promises'
import {join} from 'node:path'
import {OpError} from '../../core/errors'
import type {LearnedKind} from '../../schema-model/event-kinds'
import {DocumentFileNames, fileText, outputPath, writeDocumentFile} from '../document-file'
import {learnedDocument} from './learned-document'
import type {LearnedForm} from './learned-form'

/**
 * Writes each schema to a file: one schema to the file or into the folder that `output` names, several into the folder. Answers
 * the paths in the order of the kinds. Throws `OUTPUT_NOT_A_FOLDER` and `CANNOT_WRITE_FILE` (usage).
 */
export async function writeLearned(
  kinds: readonly LearnedKind[],
  form: LearnedForm,
  output: string,
): Promise<string[]> {
  const [only] = kinds.length === 1 ? kinds : []
  if (!only) await refuseFile(output, kinds.length)
  const names = new DocumentFileNames(form)
  const files: string[] = []
  for (const kind of kinds) {
    const name = names.take(kind.name)
    const file = only ? await outputPath(output, name) : join(output, name)
    await writeDocumentFile(file, await fileText(await learnedDocument(kind, form), file))
    files.push(file)
  }
  return files
}

async function refuseFile(path: string, count: number): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.isDirectory()) return
  throw new OpError('usage', 'OUTPUT_NOT_A_FOLDER', `"${path}" is a file, and there are ${count} schemas.`, {
    hint: 'Name a folder with --output.',
  })
}
