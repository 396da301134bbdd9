import {messageOf} from '../core/errors'
import {damagedElement} from './damaged-element'
import type {InputElement, Splitter} from './input-element'
import {inputShape} from './input-shape'
import {LineSplitter} from './line-splitter'
import {ValueSplitter} from './value-splitter'

/**
 * The elements of an input: lines of NDJSON, elements of a JSON array, or objects written over several lines. An input that
 * breaks off (a damaged gzip file) ends with one element of the problem `INPUT_DAMAGED`, so that what came before counts.
 */
export async function* splitInput(chunks: AsyncIterable<string>): AsyncGenerator<InputElement> {
  let head = ''
  let splitter: Splitter | undefined
  let damage: string | undefined
  try {
    for await (const chunk of chunks) {
      if (splitter) {
        yield* splitter.push(chunk)
        continue
      }
      head += chunk
      splitter = splitterFor(head, false)
      if (splitter) yield* splitter.push(head)
    }
  } catch (error) {
    damage = messageOf(error)
  }
  if (!splitter) {
    splitter = splitterFor(head, true) ?? new LineSplitter()
    yield* splitter.push(head)
  }
  if (damage === undefined) yield* splitter.end()
  else yield damagedElement(splitter.end(), damage)
}

function splitterFor(head: string, ended: boolean): Splitter | undefined {
  const shape = inputShape(head, ended)
  if (shape === undefined) return undefined
  return shape === 'lines' ? new LineSplitter() : new ValueSplitter(shape)
}
