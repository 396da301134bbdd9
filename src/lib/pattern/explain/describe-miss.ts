import type {FieldCondition, Test} from '../pattern'
import {parseAddress} from '../values/ip-address'
import type {Leaf} from '../values/leaf'
import {describeTests} from './describe-test'
import type {EventNode, EventObject} from './event-tree'
import {toLeaf} from './nearest-value'
import type {Nearest} from './nearest-value'
import type {SeenValues} from './seen-values'
import {cut, shownPath, shownScalar, shownText} from './shown-value'
import type {EventPaths} from './similar-field'
import {describeSlip} from './slip'

/** What a sentence about a clause is made of. */
export interface MissFacts {
  source: FieldCondition
  seen: SeenValues
  /** The scalars among what was seen, as matching sees them. */
  leaves: readonly Leaf[]
  nearest: Nearest | undefined
  /** The fields of the event. */
  paths: EventPaths
}

/** The steps to the first scalar inside a node; undefined where there is none. */
function stepsToScalar(node: EventNode): string[] | undefined {
  if (node.kind === 'scalar') return []
  if (node.kind === 'array') {
    for (const item of node.items) {
      const steps = stepsToScalar(item)
      if (steps !== undefined) return steps
    }
    return undefined
  }
  const members = node.members.toSorted(
    (a, b) => Number(b.node.kind === 'scalar') - Number(a.node.kind === 'scalar'),
  )
  for (const {name, node: child} of members) {
    const steps = stepsToScalar(child)
    if (steps !== undefined) return [name, ...steps]
  }
  return undefined
}

function describeObjects({source}: MissFacts, objects: readonly EventObject[], isInArray: boolean): string {
  const path = shownPath(source.path)
  const subject = isInArray
    ? `The values of ${path} are objects, which count`
    : `${path} is an object, which counts`
  const steps = objects.map(stepsToScalar).find((found) => found !== undefined)
  if (steps === undefined)
    return `${subject} as absent; the pattern wants ${describeTests(source.alternatives)}.`
  const example = shownPath([source.path, ...steps].join('.'))
  return `${subject} as absent; patterns compare the values inside it, for example ${example}.`
}

/** What follows from a field's being absent. */
function describeAbsence(alternatives: readonly Test[]): string {
  if (alternatives.every(({kind}) => kind === 'anything-but')) {
    return ', and anything-but never holds for an absent field'
  }
  if (alternatives.every((test) => test.kind === 'literal' && test.value === null)) {
    return ', and null stands for a field that is there with the value null'
  }
  return `; the pattern wants ${describeTests(alternatives)} there`
}

function describeAbsent({source, paths}: MissFacts, similar: string | undefined): string {
  const above = paths.scalarAbove(source.path)
  const because =
    above === undefined
      ? ''
      : `, because ${shownPath(above.path)} is ${shownScalar(above.value)} and not an object`
  const instead = similar === undefined ? '' : `; the event has ${shownPath(similar)}`
  return `The event has no ${shownPath(source.path)}${because}${describeAbsence(source.alternatives)}${instead}.`
}

function shownLeaf({kind, text}: Leaf): string {
  return kind === 'string' ? shownText(text) : cut(text)
}

/** What is wrong with a scalar as words that follow the name of the field. */
function predicate(leaf: Leaf, nearest: Nearest | undefined, alternatives: readonly Test[]): string {
  const wants = `the pattern wants ${describeTests(alternatives, nearest?.test)}`
  const slip = nearest && describeSlip(leaf, toLeaf(nearest.value))
  if (slip !== undefined) {
    const isPlain = ['string', 'number', 'literal', 'exactly'].includes(nearest?.test.kind ?? '')
    return isPlain && alternatives.length === 1 ? slip : `${slip}; ${wants}`
  }
  const fault = faultOf(leaf, nearest?.test)
  return `is ${shownLeaf(leaf)}, ${fault === undefined ? 'and' : `which is ${fault};`} ${wants}`
}

/** What a number or an address lacks to lie in a range. */
function faultOf(leaf: Leaf, test: Test | undefined): string | undefined {
  if (test?.kind === 'cidr') {
    return parseAddress(leaf.text) === undefined ? 'not an IP address' : 'outside of the range'
  }
  if (test?.kind !== 'numeric') return undefined
  if (leaf.kind !== 'number') return 'not a number'
  if (leaf.value === undefined) return 'not a number that a double holds exactly'
  return test.lower === test.upper ? undefined : 'outside of the range'
}

function describePresent({source, leaves}: MissFacts, leaf: Leaf): string {
  const value = leaves.length > 1 ? `${leaves.length} values` : `the value ${shownLeaf(leaf)}`
  return `${shownPath(source.path)} is there, with ${value}, and the pattern wants it to be absent.`
}

function describeScalars(facts: MissFacts, first: Leaf): string {
  const {source, seen, leaves, nearest} = facts
  const {alternatives} = source
  const path = shownPath(source.path)
  if (alternatives.every((test) => test.kind === 'exists')) return describePresent(facts, first)
  const what = predicate(nearest?.leaf ?? first, nearest, alternatives)
  if (leaves.length > 1) {
    const which = nearest === undefined ? 'first' : 'nearest'
    return `${path} has ${leaves.length} values and none matches; the ${which} ${what}.`
  }
  return seen.isInArray ? `The only value of ${path} ${what}.` : `${path} ${what}.`
}

/** One sentence on why a clause does not hold, and the path of the field that may be meant by an absent one. */
export function describeMiss(facts: MissFacts): {why: string; similar?: string} {
  const {source, seen, leaves, paths} = facts
  const [first] = leaves
  if (first !== undefined) return {why: describeScalars(facts, first)}
  const objects = seen.values.filter((value) => value.kind === 'object')
  const filled = objects.filter(({members}) => members.length > 0)
  if (filled.length > 0) return {why: describeObjects(facts, filled, seen.isInArray)}
  if (seen.isArray || objects.length > 0) {
    const what = seen.isArray && objects.length === 0 ? 'array' : 'object'
    const wants = describeTests(source.alternatives)
    return {
      why: `${shownPath(source.path)} is an empty ${what}, which counts as absent; the pattern wants ${wants}.`,
    }
  }
  const similar = paths.similarTo(source.path)
  return {why: describeAbsent(facts, similar), ...(similar !== undefined && {similar})}
}
