import {nearest} from '../../core/nearest'
import type {EventNode, Scalar} from './event-tree'

/** So many fields of an event are known by name; the others are not looked at. */
const fieldLimit = 5000
/** Longer paths are not kept. */
const pathLimit = 500
/** Names shorter than this are like too many others, longer ones than that are not compared letter by letter. */
const shortestName = 4
const longestName = 64
/** So many names are compared letter by letter. */
const nameLimit = 100

/** A name without what spelling habits differ in: `customerId`, `customer_id` and `customer-id` are one. */
function plain(name: string): string {
  return name.replace(/[_\s-]/g, '').toLowerCase()
}

function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

/** Number of steps that two paths have in common at the front. */
function commonSteps(a: string, b: string): number {
  const others = b.split('.')
  const differs = a.split('.').findIndex((step, index) => step !== others[index])
  return differs < 0 ? others.length : differs
}

function groupBy(paths: Iterable<string>, key: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const group = groups.get(key(path))
    if (group === undefined) groups.set(key(path), [path])
    else group.push(path)
  }
  return groups
}

/** The fields of an event that have a scalar, by path, to find one that may be meant by a field that is absent. */
export class EventPaths {
  readonly #scalars = new Map<string, Scalar>()
  readonly #byName: Map<string, string[]>
  readonly #byParent: Map<string, string[]>

  constructor(event: EventNode) {
    this.#add(event, undefined)
    this.#byName = groupBy(this.#scalars.keys(), (path) => plain(lastStep(path)))
    this.#byParent = groupBy(this.#scalars.keys(), parentOf)
  }

  #add(node: EventNode, path: string | undefined): void {
    if (this.#scalars.size >= fieldLimit || (path?.length ?? 0) > pathLimit) return
    if (node.kind === 'array') {
      for (const item of node.items) this.#add(item, path)
    } else if (node.kind === 'object') {
      for (const {name, node: child} of node.members) {
        this.#add(child, path === undefined ? name : `${path}.${name}`)
      }
    } else if (path !== undefined && !this.#scalars.has(path)) {
      this.#scalars.set(path, node)
    }
  }

  /** The nearest field above an absent one that is a scalar, so that nothing can be inside of it. */
  scalarAbove(path: string): {path: string; value: unknown} | undefined {
    if (path.length > pathLimit) return undefined
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
      const found = this.#scalars.get(above)
      if (found !== undefined) return {path: above, value: found.value}
    }
    return undefined
  }

  /** Path of a field like the absent one: spelled a little otherwise, or of the same name at another place. */
  similarTo(path: string): string | undefined {
    if (path.length > pathLimit) return undefined
    const parent = parentOf(path)
    const name = lastStep(path)
    const namesakes = (this.#byName.get(plain(name)) ?? []).filter((other) => other !== path)
    return (
      namesakes.find((other) => parentOf(other) === parent) ??
      this.#misspelled(parent, name) ??
      this.#closest(path, namesakes)
    )
  }

  #misspelled(parent: string, name: string): string | undefined {
    if (name.length < shortestName || name.length > longestName) return undefined
    const siblings = (this.#byParent.get(parent) ?? []).slice(0, nameLimit)
    const names = siblings.map(lastStep).filter((other) => other.length <= longestName && other !== name)
    const found = nearest(name, names)
    return siblings.find((sibling) => lastStep(sibling) === found)
  }

  /** Of fields of the same name the one with the most steps in common, and of these the shortest. */
  #closest(path: string, namesakes: readonly string[]): string | undefined {
    const scored = namesakes.slice(0, nameLimit).map((other) => ({other, common: commonSteps(path, other)}))
    scored.sort((a, b) => b.common - a.common || a.other.length - b.other.length)
    return scored[0]?.other
  }
}
