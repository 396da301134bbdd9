/** Paths of at most this many steps are also found where the event joins steps by dots in one key. */
const joinedLimit = 8
/** The keys at so many places of an object are remembered, if they are no longer than this. */
const metLimit = 64
const metLength = 64

/** A step of the paths that rules ask for. */
export interface PathNode {
  /** Below this step: by the next one, and by the next ones joined by dots. */
  lookup: Map<string, PathNode>
  /** Below this step, by the next one alone. */
  children: Map<string, PathNode>
  /** The number of the path that ends here, or -1. */
  field: number
  /** Whether a path goes on for more steps than `lookup` knows joined. */
  isDeep: boolean
  /** Bit `length % 32` is set for the length of every name in `lookup`. */
  lengths: number
  /** The keys that were met last at the first places of an object, and where they lead to. */
  met: {key: string; node: PathNode | undefined}[]
}

function newNode(): PathNode {
  return {
    lookup: new Map(),
    children: new Map(),
    field: -1,
    isDeep: false,
    lengths: 0,
    met: [],
  }
}

function name(parent: PathNode, key: string, child: PathNode): void {
  if (parent.lookup.has(key)) return
  parent.lookup.set(key, child)
  parent.lengths |= 1 << (key.length & 31)
}

/** Adds a path and returns its end. In an event `{"a.b": 1}` and `{"a": {"b": 1}}` are the same path. */
function grow(root: PathNode, steps: readonly string[]): PathNode {
  const line = [root]
  let node = root
  for (const step of steps) {
    let child = node.children.get(step)
    if (child === undefined) {
      child = newNode()
      node.children.set(step, child)
      name(node, step, child)
    }
    node = child
    line.push(child)
  }
  line.forEach((parent, from) => {
    if (steps.length > joinedLimit) parent.isDeep = true
    for (let to = from + 2; to < line.length && steps.length <= joinedLimit; to++) {
      const child = line[to]
      if (child !== undefined) name(parent, steps.slice(from, to).join('.'), child)
    }
  })
  return node
}

/** The tree of paths; the number of each is its place in `paths`. */
export function buildPathTree(paths: readonly string[]): PathNode {
  const root = newNode()
  paths.forEach((path, field) => {
    grow(root, path.split('.')).field = field
  })
  return root
}

/** The step that a key of the event leads to, or undefined when no rule asks for it. */
export function follow(node: PathNode, key: string): PathNode | undefined {
  const found = node.lookup.get(key)
  if (found !== undefined || !node.isDeep || !key.includes('.')) return found
  let next: PathNode | undefined = node
  for (const step of key.split('.')) {
    next = next.children.get(step)
    if (next === undefined) return undefined
  }
  return next
}

/**
 * As `follow`, for the key at a place of an object (counted from 0), where `met` has another one. Most events have the same
 * keys in the same order, and to see that a key is the one of the last event is much quicker than to look it up.
 */
export function learn(node: PathNode, key: string, place: number): PathNode | undefined {
  const found = follow(node, key)
  if (place >= metLimit || key.length > metLength) return found
  const met = node.met[place]
  if (met !== undefined) {
    met.key = key
    met.node = found
  } else if (place === node.met.length) {
    node.met.push({key, node: found})
  }
  return found
}
