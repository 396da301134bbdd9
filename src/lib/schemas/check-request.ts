import {OpError} from '../core/errors'
import {builtInName} from '../core/schema-source'
import type {ExportForm} from './export-form'

/** What `schemas export` is asked for, in the words of its flags. */
export interface ExportRequest {
  schema?: string | undefined
  registry?: string | undefined
  as: string
  output?: string | undefined
  all?: boolean | undefined
  bundle?: boolean | undefined
  'detail-only'?: boolean | undefined
  /** Name of the event bus, the channel of AsyncAPI. */
  bus: string
  /** Addresses of collectors. */
  server?: readonly string[] | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((doneCount: number, totalCount: number) => void) | undefined
}

/**
 * Refuses what does not go together. Throws `SCHEMA_NOT_NAMED`, `SCHEMA_AND_ALL`, `OUTPUT_NOT_NAMED`, `EXPORT_FLAGS_CLASH`, `BAD_SERVER`
 * (usage).
 */
export function checkRequest(request: ExportRequest, form: ExportForm): void {
  if (form === 'collector-api') checkCollector(request)
  else if (request.server !== undefined && request.server.length > 0) {
    throw clash('--server belongs to --as collector-api.')
  }
  if (request.bundle && !request.all)
    throw clash('--bundle puts all schemas into one document.', 'Add --all.')
  if (request.all && request.schema !== undefined) {
    throw new OpError('usage', 'SCHEMA_AND_ALL', 'A schema and --all exclude each other.', {
      hint: 'Leave one of them out.',
    })
  }
  if (request.all && !request.bundle && request.output === undefined) {
    throw new OpError('usage', 'OUTPUT_NOT_NAMED', '--all writes one file per schema and needs a folder.', {
      hint: 'Name one with --output DIR, or add --bundle for one document.',
    })
  }
  if (!request.all && request.schema === undefined && form !== 'collector-api') {
    throw new OpError('usage', 'SCHEMA_NOT_NAMED', 'No schema is named.', {
      hint: 'Name one (usage-event is built in), or use --all. "usage-tracker schemas list" shows what is there.',
    })
  }
}

/** The collector takes usage events and nothing else. */
function checkCollector({schema, registry, all, server = []}: ExportRequest): void {
  if (all || registry !== undefined || (schema !== undefined && schema !== builtInName)) {
    throw clash('The collector takes usage events alone.', 'Use "schemas export --as collector-api".')
  }
  const bad = server.find((url) => !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
  if (bad !== undefined) {
    throw new OpError('usage', 'BAD_SERVER', `"${bad}" is not the address of a collector.`, {
      hint: 'An address looks like https://collector.example.com.',
    })
  }
}

function clash(message: string, hint = 'Leave it out.'): OpError {
  return new OpError('usage', 'EXPORT_FLAGS_CLASH', message, {hint})
}
