import {refuseCondition} from './refuse'

/** One field of a pattern. */
export interface FieldPart {
  path: string
  alternatives: unknown[]
  /** The conditions that it comes from, for messages. */
  sources: string[]
}

type Tree = Map<string, Tree | FieldPart>

function firstPart(tree: Tree | FieldPart): FieldPart | undefined {
  if (!(tree instanceof Map)) return tree
  for (const child of tree.values()) return firstPart(child)
  return undefined
}

/** `outer` asks for the value of a field, `inner` for one inside it. */
function refuseClash(outer: FieldPart, inner: FieldPart | undefined): never {
  return refuseCondition(
    `${outer.sources.join(' and ')} asks for a value of ${outer.path}, and ${inner?.sources.join(' and ') ?? ''} ` +
      'for a field inside it; no event has both.',
    'Leave one of them out.',
  )
}

function insert(root: Tree, part: FieldPart): void {
  const steps = part.path.split('.')
  if (steps.includes('$or')) {
    refuseCondition(
      `${part.sources.join(' and ')} names $or, which EventBridge reads as a word of its own.`,
      'A field of that name cannot be asked for.',
    )
  }
  const last = steps.pop() ?? ''
  let tree = root
  for (const step of steps) {
    const child: Tree | FieldPart = tree.get(step) ?? new Map<string, Tree | FieldPart>()
    if (!(child instanceof Map)) return refuseClash(child, part)
    tree.set(step, child)
    tree = child
  }
  const there = tree.get(last)
  if (there !== undefined) refuseClash(part, firstPart(there))
  tree.set(last, part)
}

function toObject(tree: Tree): object {
  // Unlike an assignment this makes a member of any name, `__proto__` included.
  return Object.fromEntries(
    [...tree].map(([name, child]) => [name, child instanceof Map ? toObject(child) : child.alternatives]),
  )
}

/**
 * Fields, no path twice, as the nested objects of a pattern, in their order. Throws `BAD_WHERE` (usage) for a field inside
 * another one and for one named `$or`.
 */
export function patternTree(parts: readonly FieldPart[]): object {
  const root: Tree = new Map()
  for (const part of parts) insert(root, part)
  return toObject(root)
}
