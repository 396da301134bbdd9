import {messageOf} from '../core/errors'
import type {InputElement} from './input-element'
import {damagedElement} from './damaged-element'
import {LineSplitter} from './line-splitter'

/** The lines of a text. A text that breaks off ends with one element of the problem `INPUT_DAMAGED`. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<InputElement> {
  const splitter = new LineSplitter()
  let damage: string | undefined
  try {
    for await (const chunk of chunks) yield* splitter.push(chunk)
  } catch (error) {
    damage = messageOf(error)
  }
  if (damage === undefined) yield* splitter.end()
  else yield damagedElement(splitter.end(), damage)
}
