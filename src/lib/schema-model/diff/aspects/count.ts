import {own} from '../../json-object'
import type {Aspect} from './aspect'
import {comparable} from '../form/values'

/** A number of characters, elements or members that there must be at least, or may be at most. */
export function countAspect(keyword: string, end: 'least' | 'most'): Aspect<number> {
  return {
    keyword,
    read: ({nodes}) => {
      const counts = nodes
        .map((node) => comparable(own(node, keyword)))
        .filter((count) => count !== undefined)
        .map(Number)
      if (counts.length === 0) return undefined
      const count = end === 'least' ? Math.max(...counts) : Math.min(...counts)
      return end === 'least' && count === 0 ? undefined : count
    },
    within: (a, b) => (a !== undefined && (end === 'least' ? a >= b : a <= b) ? 'yes' : 'no'),
    say: String,
  }
}
