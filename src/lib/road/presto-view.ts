/**
 * The SQL of a view in Athena's catalog, from the text that Glue keeps of it: `/* Presto View: BASE64 *` + `/`, where the base64 is JSON with
 * `originalSql`. Undefined where the text is none of a view.
 */
export function prestoViewSql(text: string | undefined): string | undefined {
  const [, encoded] = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text ?? '') ?? []
  if (encoded === undefined) return undefined
  try {
    const view = JSON.parse(Buffer.from(encoded, 'base64').toString()) as {originalSql?: unknown}
    return typeof view.originalSql === 'string' ? view.originalSql : undefined
  } catch {
    return undefined
  }
}
