/**
 * A place in an event as its steps, each written so that they can be strung together; nothing is the whole event. `placeText` makes the text.
 */
export const wholeEvent = ''

/** The place of a member: `detail.customer`; a name that is no plain word stands in brackets, `detail["a b"]`. */
export function memberPath(path: string, name: string): string {
  return /^[\w$-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
}

/** The place of an array's elements, or of the one at a position. */
export function elementPath(path: string, position?: number): string {
  return `${path}[${position ?? ''}]`
}

/** The place of the members that a schema does not name, or of those whose names match a pattern. */
export function otherPath(path: string, pattern?: string): string {
  return `${path}.${pattern === undefined ? '*' : `/${pattern}/`}`
}

/** The names of an object's members, as the place of a text. */
export function namePath(path: string): string {
  return `${path} (names)`
}

/** `detail.lines[].sku`, `$` for the whole event, `$[]` for the elements of one that is an array. */
export function placeText(path: string): string {
  return path.startsWith('.') ? path.slice(1) : `$${path}`
}
