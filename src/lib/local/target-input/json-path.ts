import {LosslessNumber} from 'lossless-json'

/** One step of a path: a member by name, an item by number, or every member or item. */
export type PathStep = {name: string} | {index: number} | 'every'

const stepForm = /\.(\*|[A-Za-z0-9_/-]+)|\[(\*|\d{1,9})\]/y

/**
 * Reads a JSONPath of EventBridge's subset: `$`, members after dots (letters, digits, `_`, `-`, `/`), items as `[n]`, `*` for either
 * (user guide, "Amazon EventBridge input transformation"). Undefined for everything else, quoted brackets, filters and `..` included.
 */
export function parseJsonPath(text: string): PathStep[] | undefined {
  if (!text.startsWith('$')) return undefined
  const steps: PathStep[] = []
  let at = 1
  while (at < text.length) {
    stepForm.lastIndex = at
    const match = stepForm.exec(text)
    if (!match) return undefined
    at = stepForm.lastIndex
    const [, name, index] = match
    if (name === '*' || index === '*') steps.push('every')
    else steps.push(index === undefined ? {name: name ?? ''} : {index: Number(index)})
  }
  return steps
}

/** What the path leads to in a JSON value; undefined where it leads nowhere. A path with `*` leads to an array, which may be empty. */
export function valueAt(root: unknown, path: readonly PathStep[]): unknown {
  let found: unknown[] = [root]
  for (const step of path) found = found.flatMap((value) => follow(value, step))
  return path.includes('every') ? found : found[0]
}

function follow(value: unknown, step: PathStep): unknown[] {
  if (step === 'every') {
    if (Array.isArray(value)) return value
    return isObject(value) ? Object.values(value) : []
  }
  if ('index' in step) return Array.isArray(value) && step.index < value.length ? [value[step.index]] : []
  return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  )
}
