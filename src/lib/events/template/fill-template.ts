import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {toOneLine} from '../raw-member'
import type {PublishItem} from '../../publish/put-entry'
import type {ParseOptions} from '../parse-element'
import {parseElement} from '../parse-element'
import type {Template} from './template'

export interface FillOptions extends ParseOptions {
  seed: number
  count: number
  /** Milliseconds since 1970, inclusive and exclusive. */
  from: number
  to: number
  /** Marks every event as a test, which reports leave out. */
  test: boolean
}

/** Events of a template, in the order of their times, which are spread over the range. The same seed and options give the same. */
export function* fillTemplate(template: Template, options: FillOptions): Generator<PublishItem> {
  const random = xoroshiro128plus(options.seed)
  const uniform = (): number => uniformFloat64(random)
  const stepMs = (options.to - options.from) / options.count
  for (let index = 0; index < options.count; index++) {
    const time = Math.floor(options.from + (index + uniform()) * stepMs)
    const text = template({index, time, uniform})
    const item = parseElement({text: toOneLine(text), position: `event ${index + 1}`}, options)
    if ('code' in item) yield item
    else yield {...item, entry: {Time: new Date(time), ...marked(item.entry, options.test)}}
  }
}

/** A template that says itself whether its events are tests is left alone. */
function marked<E extends {Detail: string}>(entry: E, test: boolean): E {
  if (!test || 'test' in (JSON.parse(entry.Detail) as object)) return entry
  const rest = entry.Detail.trimStart().slice(1)
  return {...entry, Detail: `{"test":true${rest.trimStart().startsWith('}') ? '' : ','}${rest}`}
}
