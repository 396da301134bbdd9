import {spellingsOf} from '../values/folded-text'
import {wildcardLiterals} from '../values/wildcard'

/** One step of a glob. */
export interface GlobStep {
  /** The spellings that the step can take; undefined for any one UTF-16 unit. */
  oneOf: readonly string[] | undefined
  /** Whether the step is taken any number of times, or not at all. */
  repeat: boolean
}

/** A set of texts: those that can be read step by step. Text is made of UTF-16 units. */
export type Glob = readonly GlobStep[]

/** Any text, the empty one too. */
export const anyRun: GlobStep = {oneOf: undefined, repeat: true}

/** The UTF-16 units of a text. */
function unitsOf(text: string): string[] {
  return Array.from({length: text.length}, (_, index) => text.charAt(index))
}

/** Exactly one of some spellings. */
export function oneOf(...spellings: readonly string[]): GlobStep {
  return {oneOf: spellings, repeat: false}
}

/** Exactly one of the characters of a text. */
export function oneLetterOf(letters: string): GlobStep {
  return oneOf(...unitsOf(letters))
}

/** The one text that is given. */
export function literalGlob(text: string): Glob {
  return unitsOf(text).map((unit) => oneOf(unit))
}

/** The texts that a valid wildcard of a pattern matches. */
export function wildcardGlob(wildcard: string): Glob {
  return wildcardLiterals(wildcard)
    .flatMap((literal) => [...literalGlob(literal), anyRun])
    .slice(0, -1)
}

/** The texts that equal a text of a pattern when case is ignored. */
export function foldedGlob(text: string): Glob {
  return unitsOf(text).map((unit) => oneOf(...spellingsOf(unit)))
}
