import {maxElementChars} from './input-element'
import {ValueSplitter} from './value-splitter'

/** How the input is laid out: one event a line, one array, or objects that go over several lines or stand on one. */
export type InputShape = 'lines' | 'array' | 'values'

/**
 * Tells the layout from the beginning of the input. Answers undefined while more text is needed (`ended` says that there is
 * none). A first line that is no JSON may be a bad line, or the beginning of an object over several lines: the second line
 * tells, because an object goes on with a key or a closing brace, and another event begins with a brace. An object right
 * behind the first one (Firehose joins records so where no delimiter is asked for) tells without a line's end.
 */
export function inputShape(head: string, ended: boolean): InputShape | undefined {
  const text = head.trimStart()
  if (text.startsWith('[')) return 'array'
  if (text.startsWith('{') && holdsTwoObjects(text)) return 'values'
  const lineEnd = text.indexOf('\n')
  if (lineEnd === -1) return ended || text.length > maxElementChars ? 'lines' : undefined
  const firstLine = text.slice(0, lineEnd)
  if (!firstLine.startsWith('{') || isJson(firstLine)) return 'lines'
  const next = text.slice(lineEnd).trimStart()
  if (next === '') return ended ? 'lines' : undefined
  if (next.startsWith('{')) return 'lines'
  return endsInsideString(firstLine) ? 'lines' : 'values'
}

/** Whether a JSON object is followed by another on the same line. */
function holdsTwoObjects(text: string): boolean {
  if (!/\}[ \t]*\{/.test(text)) return false
  const [first] = new ValueSplitter('values').push(text)
  return first !== undefined && /^[ \t]*\{/.test(text.slice(first.text.length)) && isJson(first.text)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Whether a string is still open at the end of the line: no JSON goes on like that, the line was cut short. */
function endsInsideString(line: string): boolean {
  const quotes = line.replace(/\\./g, '').match(/"/g)?.length ?? 0
  return quotes % 2 === 1
}
