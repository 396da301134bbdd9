import type {Change} from '../../binding/change'

/** One line of a plan for a registry or a discoverer, which is named by its bus. */
export type SchemaChange = Change<'registry' | 'schema' | 'discoverer'>

/** `create schema my-applications@ApiUsageEvent`: a change in words. */
export function inWords({action, resource, name}: SchemaChange): string {
  return `${action} ${resource} ${name}`
}

/** Changes that a command would make, and what makes them, one after the other; `onDone` hears of each. */
export interface SchemaPlan {
  changes: SchemaChange[]
  apply: (onDone: (change: SchemaChange) => void) => Promise<void>
}
