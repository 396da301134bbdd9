import type {HiveType} from '../athena-sql/hive-type'
import {ConversionFailure} from './conversion-failure'
import type {Fold} from './fold'
import {documentsOf} from './json-documents'
import {fieldsReader} from './read-value'

/** A column of the table: its name, its type, and the key of the documents that it is read from. */
export interface ConvertedColumn {
  name: string
  type: HiveType
  key: string
}

/** What became of one document of a record. */
export type Converted = {row: string} | {failure: ConversionFailure; place: number}

/** Turns records into rows of a table, each a line of JSON whose numbers are text. */
export class Converter {
  private readonly read: (document: unknown) => unknown

  /** Throws ConversionFailure where the table has no columns, or one of a type that cannot be converted to. */
  constructor(columns: readonly ConvertedColumn[], fold: Fold) {
    if (columns.length === 0) {
      throw new ConversionFailure(
        'NonExistentColumns',
        'Could not find a matching schema from glue. Please make sure the table is configured with a non-null storage descriptor containing the target columns.',
      )
    }
    this.read = fieldsReader(columns, fold)
  }

  /** One result for each document of the record; a record that is no JSON has one failure. */
  convert(record: Buffer): Converted[] {
    try {
      return documentsOf(record).map((document, place) => this.convertDocument(document, place))
    } catch (error) {
      return [{failure: failureOf(error), place: 0}]
    }
  }

  private convertDocument(document: unknown, place: number): Converted {
    try {
      if (typeof document !== 'object' || document === null || Array.isArray(document)) {
        throw new ConversionFailure(
          'MalformedData',
          'The input JSON contained a primitive at the top level. The top level must be an object or array.',
        )
      }
      return {row: JSON.stringify(this.read(document))}
    } catch (error) {
      return {failure: failureOf(error), place}
    }
  }
}

/** A document that nests too deep for the process's stack is as good as malformed. */
function failureOf(error: unknown): ConversionFailure {
  if (error instanceof ConversionFailure) return error
  if (error instanceof RangeError)
    return new ConversionFailure('ParseError', 'Document nesting depth is too large')
  throw error
}
