import type {Apart} from './apart'
import type {EventNode} from './event-tree'
import type {Miss} from './miss'
import {collectSeen} from './seen-values'
import {shownList, shownPath} from './shown-value'

/** The steps that all paths begin with. */
function commonSteps(paths: readonly string[]): string[] {
  const [first = [], ...others] = paths.map((path) => path.split('.'))
  const end = first.findIndex((step, index) => others.some((steps) => steps[index] !== step))
  return end < 0 ? first : first.slice(0, end)
}

/** The innermost array of the event around all of the paths. */
function arrayAround(event: EventNode, paths: readonly string[]): string {
  const steps = commonSteps(paths)
  const above = steps.map((_, index) => steps.slice(0, index + 1).join('.'))
  const isArray = collectSeen(event, above).map((seen) => seen.isArray)
  return above[isArray.lastIndexOf(true)] ?? above.at(-1) ?? ''
}

/** One sentence on why clauses that can hold do not hold together, and the path of the array in which they do not. */
export function describeApart({kind, clauses}: Apart, event: EventNode): Pick<Miss, 'why' | 'array'> {
  const paths = clauses.map(({source}) => source.path)
  const array = arrayAround(event, paths)
  const fields = shownList(paths.map(shownPath), 'and')
  if (kind === 'present') {
    return {array, why: `The clauses of ${fields} hold, but in different elements of ${shownPath(array)}.`}
  }
  const why = `No element of ${shownPath(array)} is without ${fields} while the other clauses hold in it.`
  return {array, why}
}
