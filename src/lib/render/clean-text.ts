// C0 and C1 control characters, and those that turn the direction of writing (a terminal would obey both).
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * Text that is safe in a cell on a terminal: event data is anybody's, and a control character in it could move the cursor,
 * change the title or hide text. Line breaks and tabs become a space, every other control character goes.
 */
export function cleanText(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(CONTROL, '')
}

/** The same for a field of a file: line breaks and tabs stay, every other control character goes. */
export function cleanField(text: string): string {
  return text.replace(CONTROL, (c) => (c === '\n' || c === '\r' || c === '\t' ? c : ''))
}
