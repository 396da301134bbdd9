/** In what form Firehose writes the raw objects: JSON as the events came, or Parquet, which it converts them to. */
export type RecordFormat = 'json' | 'parquet'

export const recordFormats: readonly RecordFormat[] = ['json', 'parquet']

/** What a stream writes when nothing is said. */
export const defaultRecordFormat: RecordFormat = 'json'

/** True where a text names one. */
export function isRecordFormat(text: string): text is RecordFormat {
  return recordFormats.some((format) => format === text)
}
