import {comparableNumber} from '../values/comparable-number'
import type {Leaf} from '../values/leaf'

/** A text as matching sees it. */
export function textLeaf(text: string): Leaf {
  return {kind: 'string', text, value: undefined, inside: undefined}
}

/** A JSON number as matching sees it. */
export function numberLeaf(text: string): Leaf {
  return {kind: 'number', text, value: comparableNumber(text), inside: undefined}
}

/** `true`, `false` or `null` as matching sees it. */
export function literalLeaf(text: string): Leaf {
  return {kind: 'literal', text, value: undefined, inside: undefined}
}

/** The JSON text of a scalar as matching sees it. */
export function leafOf(json: string): Leaf {
  if (json.startsWith('"')) return textLeaf(JSON.parse(json) as string)
  return /^[-\d]/.test(json) ? numberLeaf(json) : literalLeaf(json)
}
