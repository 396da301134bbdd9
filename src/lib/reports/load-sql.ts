import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {OpError} from '../core/errors'

/** SQL that stands where a name would: made by the tool, of names that it knows. */
export interface SqlSource {
  sql: string
}

/**
 * The text of a canned query: `folder`/`file` with names or SQL in place of its `{{placeholders}}`. A name stands in double
 * quotes and may have lower-case letters, digits and underscores alone (what Glue and Trino agree on), so no name can be
 * anything else than a name. Throws BAD_NAME (usage), and NO_SUCH_QUERY (absent) where the file cannot be read.
 */
export async function loadSql(
  folder: string,
  file: string,
  sources: Readonly<Record<string, string | SqlSource>>,
): Promise<string> {
  const text = await readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    throw new OpError('absent', 'NO_SUCH_QUERY', `The canned query ${file} is not in ${folder}.`, {
      hint: 'Install usage-tracker again: the folder belongs to it.',
      cause: error,
    })
  })
  return withoutComments(text).replace(/\{\{(\w+)\}\}/g, (_, key: string) => sourceText(sources[key] ?? ''))
}

/** Athena counts every `?` as a parameter, and comments cost length: they stay in the file, for the reader. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .trim()
}

function sourceText(source: string | SqlSource): string {
  return typeof source === 'string' ? identifier(source) : source.sql
}

function identifier(name: string): string {
  if (/^[a-z0-9_]+$/.test(name)) return `"${name}"`
  throw new OpError('usage', 'BAD_NAME', `"${name}" cannot be the name of a table.`, {
    hint: 'Names in the lake have lower-case letters, digits and underscores.',
  })
}
