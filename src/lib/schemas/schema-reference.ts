import {OpError} from '../core/errors'

export interface SchemaReference {
  name: string
  /** The latest one where it is missing. */
  version?: string
}

/** `NAME` or `NAME:VERSION` as a command takes it. Names hold no colon. Throws `BAD_SCHEMA_REFERENCE` (usage). */
export function parseSchemaReference(text: string): SchemaReference {
  const match = /^([0-9A-Za-z_.@-]{1,385})(?::(\d{1,9}))?$/.exec(text)
  const [, name, version] = match ?? []
  if (name === undefined) {
    throw new OpError('usage', 'BAD_SCHEMA_REFERENCE', `"${text}" is not the name of a schema.`, {
      hint: 'A schema is NAME or NAME:VERSION, for example my-applications@ApiUsageEvent:2.',
    })
  }
  return version === undefined ? {name} : {name, version: String(Number(version))}
}
