import type {SendSchema} from '../../events/send-schema'
import type {SchemaPorts} from '../open/schema-ports'
import type {SendSchemaRequest} from './send-schema'

/** Opens the schema that is named, if one is, once it is needed: until then nobody is asked, and no validator is loaded. */
export function sendSchema(
  {schema, ...words}: Omit<SendSchemaRequest, 'schema'> & {schema?: string | undefined},
  ports: SchemaPorts,
): (() => Promise<SendSchema>) | undefined {
  if (schema === undefined) return undefined
  return async () => {
    const {openSendSchema} = await import('./send-schema')
    return openSendSchema({...words, schema}, ports)
  }
}
