import type {PublishItem} from '../publish/put-entry'
import type {ParseOptions} from './parse-element'
import {parseElement} from './parse-element'
import {splitInput} from './split-input'

/** Everything that an input holds, in its order, as something to send or a rejection with its place and reason. */
export async function* parseInput(
  chunks: AsyncIterable<string>,
  options: ParseOptions,
): AsyncGenerator<PublishItem> {
  for await (const element of splitInput(chunks)) yield parseElement(element, options)
}
