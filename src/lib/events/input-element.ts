/** One piece of the input: a line, or an element of an array. */
export interface InputElement {
  /** The JSON text, without surrounding white space. Empty where it was too long to keep. */
  text: string
  /** Where it stood: `line 12` or `element 3`. */
  position: string
  /** Why it cannot be read, where that is known before parsing. */
  problem?: 'TOO_LONG' | 'INPUT_DAMAGED'
  message?: string
  /** Nothing ends it but the end of the input, which may be cut short there. */
  isLast?: true
}

/** Takes text as it comes and answers the elements that are complete by then. */
export interface Splitter {
  push(chunk: string): InputElement[]
  end(): InputElement[]
}

/** A longer element is rejected unread: it is far beyond what PutEvents takes, and memory is finite. In characters. */
export const maxElementChars = 16 * 1024 * 1024

/** The stand-in for an element that was too long to keep. */
export function tooLong(position: string): InputElement {
  const message = `It is longer than ${maxElementChars} characters.`
  return {text: '', position, problem: 'TOO_LONG', message}
}
