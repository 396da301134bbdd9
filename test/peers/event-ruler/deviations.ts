import {parsePattern, PatternError} from '../../../src/lib/pattern/parse-pattern'
import type {Json} from './json'

/*
 * Where our matcher is known to differ from Event Ruler 2.0.1, and so is not compared with it:
 *
 * - A later branch of `$or` that the library may take for an earlier one, or may not (`isDoubtful`); we keep it. Where the
 *   alternatives of a field in the later branch lead to more than one state, the library looks for the branch behind one of
 *   them: the last of a Java HashSet that has no order. Where a field has wildcards, or texts beside texts that ignore
 *   case, or texts beside numeric ranges, its automaton does not always find an alternative again that it has.
 * - An event that comes to one path by two ways, through an array (`comesTwice`): `{"a": [{"b": 1}], "a.b": 2}`. Once a
 *   rule has settled on an element, the library no longer finds values of that path outside of the array. Which array
 *   counts, of several that it has settled on, is up to the order of its hash table, so that we do not follow it.
 * - An empty list in an operator inside `anything-but`: the library fails with an error of its own; we refuse it as an
 *   empty array (`isOwnError`).
 * - Numbers of exactly 17 digits, or close to 0, whose shortest decimal Java up to version 18 finds otherwise (longNumber).
 * - Numbers with an exponent of ten digits or more, where the library refuses them: it says that a limit is exceeded, not
 *   that the number cannot be compared (`isOwnError`).
 * - Halves of surrogate pairs: the library makes question marks of them, in the pattern and in the event.
 * - Keys that are empty, other than at the front of a path: the library forgets an empty last step.
 * - More than 12 branches: the library may take minutes for some hundred.
 * - Wildcards that the service finds too complex: the library takes them. For one wildcard we count just as the library
 *   does; where a field has several of them, one time in some thousands we do not.
 * - The words for a text that is not JSON (`speaksOfJson`): there only whether it is refused is compared.
 */

/** Whether the library keeps or loses a branch of a pattern by chance, or by how it lays out what a field asks. */
export function isDoubtful(text: string): boolean {
  try {
    return parsePattern(text).lost.some(({isSure}) => !isSure)
  } catch (error) {
    if (error instanceof PatternError) return false
    throw error
  }
}

/** Whether an event has an array of objects and comes to one of its paths by two ways: dotted keys, or a key twice. */
export function comesTwice(event: Json): boolean {
  const ways = new Map<string, Set<string>>()
  let hasArray = false
  const walk = (json: Json, path: string, way: string): void => {
    if ('scalar' in json) {
      ways.set(path, (ways.get(path) ?? new Set()).add(way))
    } else if ('items' in json) {
      if (json.items.some((item) => !('scalar' in item))) hasArray = true
      for (const item of json.items) walk(item, path, way)
    } else {
      const seen = new Map<string, number>()
      for (const {name, value} of json.members) {
        const count = seen.get(name) ?? 0
        seen.set(name, count + 1)
        walk(value, `${path}.${name}`, `${way}/${name}#${count}`)
      }
    }
  }
  walk(event, '', '')
  return hasArray && [...ways.values()].some((found) => found.size > 1)
}

/** Whether an answer of Oracle.java has words that only the library has use for. */
export function isOwnError(answer: string): boolean {
  return /^invalid: \{"thrown":"(Cannot invoke |value exceeds limits)/.test(answer)
}

/** Whether what is wrong with a pattern is its JSON. To the library that is so of a bare number, too. */
export function speaksOfJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'number'
  } catch {
    return true
  }
}
