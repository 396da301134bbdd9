import type {EventShape, FieldShape} from './event-shape'

/** A field of the event that is being made: a value, fields in it, or both. */
interface Node {
  json: string | undefined
  children: Map<string, Node>
}

function newNode(): Node {
  return {json: undefined, children: new Map()}
}

function grow(root: Node, path: string): Node {
  let node = root
  for (const step of path.split('.')) {
    const child = node.children.get(step) ?? newNode()
    node.children.set(step, child)
    node = child
  }
  return node
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root
  for (const step of path.split('.')) node = node?.children.get(step)
  return node
}

function write({json, children}: Node): string {
  if (json !== undefined && children.size === 0) return json
  const members = [...children].map(([name, child]) => `${JSON.stringify(name)}:${write(child)}`)
  const object = `{${members.join()}}`
  return json === undefined ? object : `[${json},${object}]`
}

function parentOf(path: string): string | undefined {
  const at = path.lastIndexOf('.')
  return at < 0 ? undefined : path.slice(0, at)
}

/** Adds what the shape says is always there. False where it must be there and must not. */
function addRequired(
  root: Node,
  shape: EventShape,
  absent: ReadonlySet<string>,
  valueOf: (field: FieldShape) => string | undefined,
): boolean {
  for (const [path, field] of shape.fields) {
    const parent = parentOf(path)
    const isThere = parent === undefined || find(root, parent) !== undefined
    if (!field.required || !isThere || find(root, path) !== undefined) continue
    if (field.kind === 'object') {
      grow(root, path)
      continue
    }
    const json = absent.has(path) ? undefined : valueOf(field)
    if (json === undefined) return false
    grow(root, path).json = json
  }
  return true
}

/** The event's fields in the order in which the shape names them. */
function inOrder(root: Node, shape: EventShape): Node {
  const known = [...shape.fields.keys()].flatMap((name) => {
    const node = root.children.get(name)
    return node === undefined ? [] : [[name, node] as const]
  })
  return {...root, children: new Map([...known, ...root.children])}
}

/**
 * The JSON text of an event with `values` (JSON text by dotted path) and all that its shape requires, for which `valueOf`
 * gives a value. A field that has both a value and fields in it becomes a list of the value and an object. Undefined where
 * the shape requires what is `absent`, or there is no value.
 */
export function buildEvent(
  values: ReadonlyMap<string, string>,
  absent: ReadonlySet<string>,
  shape: EventShape,
  valueOf: (field: FieldShape) => string | undefined,
): string | undefined {
  const root = newNode()
  for (const [path, json] of values) grow(root, path).json = json
  return addRequired(root, shape, absent, valueOf) ? write(inOrder(root, shape)) : undefined
}
