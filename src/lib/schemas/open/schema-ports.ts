import type {Readable} from 'node:stream'
import type {SchemasClient} from '@aws-sdk/client-schemas'

/** What opening a schema needs from outside. */
export interface SchemaPorts {
  /** Connects to the registry; called only where a schema of one is meant. */
  connect: () => Promise<SchemasClient>
  stdin: Readable
}

/** Ports that connect once, however many schemas are opened. */
export function schemaPorts(stdin: Readable, connect: () => Promise<SchemasClient>): SchemaPorts {
  let client: Promise<SchemasClient> | undefined
  return {stdin, connect: () => (client ??= connect())}
}
