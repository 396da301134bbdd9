import {OpError} from '../core/errors'
import type {JsonObject} from './json-object'

/** Deeper than any document a discoverer writes: 255 levels of arrays, three levels of schema for each, and room around them. */
const maxSchemaDepth = 1000

/** How many arrays and objects lie inside one another in a parsed JSON value; 0 for a plain value. Safe for any depth. */
export function jsonDepth(value: unknown): number {
  let level: unknown[] = [value]
  for (let depth = 0; ; depth += 1) {
    const nested = level.filter((member) => typeof member === 'object' && member !== null)
    if (nested.length === 0) return depth
    level = nested.flatMap((member) => Object.values(member) as unknown[])
  }
}

/** Whether more than `levels` arrays and objects lie inside one another in a parsed JSON value. Quick; safe for any depth. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  return typeof value === 'object' && value !== null && isNestedDeeper(value, levels)
}

function isNestedDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((member) => isDeeperThan(member, levels - 1))
  // A loop over the keys makes no list of them, which would take longer than the rest of it.
  for (const key in value) if (isDeeperThan((value as JsonObject)[key], levels - 1)) return true
  return false
}

/**
 * Whether the text of a JSON document cannot nest deeper than `levels`, because so many brackets do not stand in it, strings
 * included. Quicker than a look at the document; false says nothing.
 */
export function isShallowText(text: string, levels: number): boolean {
  let left = levels
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (left === 0) return false
      left -= 1
    }
  }
  return true
}

/** Throws `SCHEMA_TOO_DEEP` (usage) for a schema of more than 1000 nested levels, which no converter could walk safely. */
export function refuseDeepSchema(schema: unknown): void {
  if (jsonDepth(schema) > maxSchemaDepth) {
    throw new OpError('usage', 'SCHEMA_TOO_DEEP', `The schema nests deeper than ${maxSchemaDepth} levels.`)
  }
}
