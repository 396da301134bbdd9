/** A text as SQL writes it: in single quotes, those inside it doubled. Trino and DuckDB know no other escape. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Texts as the list of an IN condition. */
export function sqlTexts(texts: readonly string[]): string {
  return texts.map(sqlText).join(', ')
}
