const QUOTE = 34
const BACKSLASH = 92

/**
 * The text of one member of a JSON object, exactly as it stands there, so that no number is read and written again. Of a
 * key that stands twice the last one counts, as in `JSON.parse`. `text` must be a valid JSON object. Line breaks and the
 * white space around them are left out: the answer is one line. Undefined where the object has no such member.
 */
export function rawMember(text: string, key: string): string | undefined {
  let found: string | undefined
  let at = text.indexOf('{') + 1
  for (;;) {
    const keyStart = text.indexOf('"', at)
    if (keyStart === -1) return found
    const keyEnd = stringEnd(text, keyStart)
    const valueStart = text.indexOf(':', keyEnd) + 1
    const valueEnd = valueEndOf(text, valueStart)
    if (JSON.parse(text.slice(keyStart, keyEnd)) === key) found = toOneLine(text.slice(valueStart, valueEnd))
    at = valueEnd + 1
  }
}

/** JSON has no line break inside a string, so every one of them, and the white space around it, is between tokens. */
export function toOneLine(json: string): string {
  return json.trim().replace(/[ \t]*[\r\n][ \t\r\n]*/g, '')
}

/** The index behind the string that starts at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  for (; text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++
  return at + 1
}

/** The index of the comma or brace that ends the value. */
function valueEndOf(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (char === '"') at = stringEnd(text, at) - 1
    else if (char === '{' || char === '[') depth += 1
    else if (depth === 0 && (char === ',' || char === '}')) return at
    else if (char === '}' || char === ']') depth -= 1
  }
  return text.length
}
