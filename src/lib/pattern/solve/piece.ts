import type {FieldCondition, Position} from '../pattern'
import {positionAt} from '../syntax/position'

/** A piece of a pattern: a condition of a field, or one alternative of it. */
export interface Piece {
  /** What the piece asks, as a condition of its own. */
  condition: FieldCondition
  /** The piece as it is written. */
  text: string
  /** Where it begins in the pattern. */
  position: Position
}

/** One element of a JSON array, as it is written. */
interface ListPart {
  text: string
  /** Where it begins in the array's text. */
  offset: number
}

/** The end of the string whose opening quote is at `start`. */
function stringEnd(source: string, start: number): number {
  let at = start + 1
  while (at < source.length && source[at] !== '"') at += source[at] === '\\' ? 2 : 1
  return at
}

/** The elements of the text of a valid JSON array. */
function listParts(source: string): ListPart[] {
  const parts: ListPart[] = []
  let depth = 0
  let start = 1
  const end = (at: number): void => {
    const piece = source.slice(start, at)
    const text = piece.trim()
    if (text !== '') parts.push({text, offset: start + piece.indexOf(text)})
    start = at + 1
  }
  for (let at = 0; at < source.length; at++) {
    const letter = source.charAt(at)
    if (letter === '"') at = stringEnd(source, at)
    else if (letter === '[' || letter === '{') depth++
    else if (letter === ']' || letter === '}') depth--
    if ((letter === ',' && depth === 1) || (letter === ']' && depth === 0)) end(at)
  }
  return parts
}

function positionIn({position, source}: FieldCondition, offset: number): Position {
  const {line, column} = positionAt(source, offset)
  return {line: position.line + line - 1, column: line === 1 ? position.column + column - 1 : column}
}

/** The alternatives of a condition. */
export function piecesOf(condition: FieldCondition): Piece[] {
  const parts = listParts(condition.source)
  return condition.alternatives.map((test, index) => {
    const {text, offset} = parts[index] ?? {text: condition.source, offset: 0}
    const own = {...condition, alternatives: [test], source: text}
    return {condition: own, text, position: positionIn(condition, offset)}
  })
}

/** A condition with all of its alternatives. */
export function wholePiece(condition: FieldCondition): Piece {
  return {condition, text: condition.source, position: condition.position}
}
