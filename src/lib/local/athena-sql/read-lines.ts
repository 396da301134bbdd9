import {quoteText} from './hive-type'

/** The longest line that DuckDB reads unless told otherwise; it holds twice as much for each thread. */
export const usualLineBytes = 16 * 2 ** 20

/**
 * A relation of the lines of files, each a text of JSON in `json`: NULL for a line that is not one JSON document. With `filename`. Lines of
 * `longestLine` bytes can be read; 16 MiB always.
 */
export function linesOf(paths: readonly string[], longestLine = 0): string {
  const options = longestLine < usualLineBytes ? [] : [`maximum_object_size = ${longestLine + 1}`]
  return readLines('read_json_objects', paths, options)
}

/** One of DuckDB's readers of JSON lines over files, with `filename`; a line that is not one JSON document does not fail it. */
export function readLines(
  reader: 'read_json' | 'read_json_objects',
  paths: readonly string[],
  options: readonly string[] = [],
): string {
  const list = paths.map((path) => quoteText(escapeGlob(path))).join(', ')
  const all = [
    `[${list}]`,
    ...options,
    "format = 'newline_delimited'",
    'ignore_errors = true',
    'filename = true',
  ]
  return `${reader}(${all.join(', ')})`
}

/** DuckDB reads a path as a glob pattern; a sign in brackets stands for itself. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, '[$&]')
}
