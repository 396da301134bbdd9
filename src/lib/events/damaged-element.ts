import type {InputElement} from './input-element'

/** The cut-off rest of a broken input and the reason are one element. */
export function damagedElement(rest: InputElement[], damage: string): InputElement {
  const {position, text} = rest[0] ?? {position: 'end of input', text: ''}
  return {text, position, problem: 'INPUT_DAMAGED', message: `The input breaks off: ${damage}.`, isLast: true}
}
