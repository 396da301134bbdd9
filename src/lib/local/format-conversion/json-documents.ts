import {isUtf8} from 'node:buffer'
import {LosslessNumber, parse} from 'lossless-json'
import {firstObject} from '../athena-sql/json-lines'
import {ConversionFailure} from './conversion-failure'

/**
 * The JSON documents of a record: one, or several behind each other ("{"a":1}{"b":1}" is valid, a list of documents is not).
 * Numbers that a double does not give back as they were written are kept as text (`LosslessNumber`); of a key that stands
 * twice the last value counts. Throws ConversionFailure.
 */
export function documentsOf(record: Buffer): unknown[] {
  if (!isUtf8(record)) throw malformed('Invalid UTF-8')
  const text = record.toString('utf8')
  if (text.trim() === '')
    throw new ConversionFailure('MalformedData', 'The record was empty or contained only whitespace.')
  try {
    return [parseDocument(text)]
  } catch (error) {
    const several = objectsOf(text)
    if (several) return several
    throw malformed(error instanceof RangeError ? 'Document nesting depth is too large' : String(error))
  }
}

function malformed(why: string): ConversionFailure {
  return new ConversionFailure('ParseError', `Encountered malformed JSON. ${why}`)
}

function objectsOf(text: string): unknown[] | undefined {
  const objects: unknown[] = []
  for (let rest = text.trimStart(); rest !== '';) {
    const object = firstObject(rest)
    if (object === undefined) return undefined
    objects.push(parseDocument(object))
    rest = rest.slice(object.length).trimStart()
  }
  return objects
}

/**
 * A number that JavaScript may write in another way than it stands: 16 signs or more, an exponent, a zero at the end of its
 * fraction, many behind its point, or a zero with a sign.
 */
const inexactNumber =
  /[:[,]\s*-?(?:[0-9.]{16}|[0-9]+(?:\.[0-9]+)?[eE]|[0-9]+\.[0-9]*0\s*[,}\]]|0\.000000|(?<=-)0\s*[,}\]])/

function parseDocument(text: string): unknown {
  if (!inexactNumber.test(text)) return JSON.parse(text)
  return parse(text, null, {
    parseNumber: (number) => new LosslessNumber(number),
    onDuplicateKey: ({newValue}) => newValue,
  })
}

/** The text of a parsed number, as it stood in the document; undefined where the value is none. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return value instanceof LosslessNumber ? value.value : undefined
}
