import {OpError} from '../core/errors'

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

/** Throws `SCHEMA_TOO_DEEP` (usage) for a schema of more than 1000 nested levels, which no converter could walk safely. */
export function refuseDeepSchema(schema: unknown): void {
  if (jsonDepth(schema) > maxSchemaDepth) {
    throw new OpError('usage', 'SCHEMA_TOO_DEEP', `The schema nests deeper than ${maxSchemaDepth} levels.`)
  }
}
