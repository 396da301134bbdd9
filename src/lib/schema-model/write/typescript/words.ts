import {ComponentNames} from '../../openapi-document'

/**
 * Names of types by the names of schemas. What no identifier may hold goes and starts a new word; the first letter is a capital one, which
 * no reserved word and no built-in type (`string`, `any`) has.
 */
export function typeNames(names: Iterable<string>): Map<string, string> {
  const taken = new ComponentNames()
  const given = new Map<string, string>()
  for (const name of names) {
    const words = name.match(/[0-9A-Za-z_$]+/g) ?? []
    const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
    const legal = /^[A-Z]/.test(joined) ? joined : `Type${joined}`
    given.set(name, taken.take(legal))
  }
  return given
}

/** A text as a string literal on one line, whatever it holds. */
export function literalOf(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0)
    // Letters of all languages stay readable; invisible and line-breaking characters are escaped.
    return isVisible(unit) ? unit : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

function isVisible(unit: string): boolean {
  return !/[\p{C}\p{Z}]/u.test(unit) || (unit >= '\ud800' && unit <= '\udfff')
}

/** A member's name, quoted where it is no identifier. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][0-9A-Za-z_$]*$/.test(name) ? name : literalOf(name)
}
