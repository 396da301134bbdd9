import type {Type} from '@aws-sdk/client-schemas'
import {isJsonObject} from '../../../schema-model/json-object'
import {refuseDeepSchema} from '../../../schema-model/json-depth'
import {badRequest} from './errors'

export const maxContentLength = 100_000
const types: readonly string[] = ['OpenApi3', 'JSONSchemaDraft4']
/** Root members of OpenAPI 3.0; `x-` members come on top. */
const openApiMembers = new Set([
  'openapi',
  'info',
  'servers',
  'paths',
  'components',
  'security',
  'tags',
  'externalDocs',
])

/** The type of a schema. Throws BadRequestException for anything but OpenApi3 and JSONSchemaDraft4. */
export function checkType(type: string | undefined): Type {
  if (type === undefined || !types.includes(type)) {
    throw badRequest(`Type must satisfy enum value set: [${types.join(', ')}]`)
  }
  return type as Type
}

/**
 * The content of a schema, parsed. Throws BadRequestException: not JSON, too long, an `openapi` other than 3.0.x, `$schema` or another
 * unknown member in an OpenAPI document, no `info.title` and `info.version`, no `paths`, a `$schema` of another draft.
 */
export function checkContent(content: string | undefined, type: Type): unknown {
  if (content === undefined || content.length < 1 || content.length > maxContentLength) {
    throw badRequest(`Content must have 1 to ${maxContentLength} characters.`)
  }
  const parsed = parse(content)
  if (!isJsonObject(parsed)) throw badRequest('Content is not a JSON object')
  try {
    refuseDeepSchema(parsed)
  } catch {
    throw badRequest('Content is nested too deeply')
  }
  if (type === 'OpenApi3') checkOpenApi(parsed)
  else if (
    typeof parsed.$schema === 'string' &&
    !/^http:\/\/json-schema\.org\/draft-04\/schema#?$/.test(parsed.$schema)
  ) {
    throw badRequest(
      'Content is not a JSON Schema of Draft 4: $schema must be http://json-schema.org/draft-04/schema#',
    )
  }
  return parsed
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content) as unknown
  } catch {
    throw badRequest('Content is not valid JSON')
  }
}

function checkOpenApi(document: Record<string, unknown>): void {
  for (const key of Object.keys(document)) {
    if (!openApiMembers.has(key) && !key.startsWith('x-'))
      throw badRequest(`additionalProperties '${key}' not allowed`)
  }
  if (typeof document.openapi !== 'string' || !/^3\.0\.\d(-.+)?$/.test(document.openapi)) {
    throw badRequest('openapi must match "^3\\.0\\.\\d(-.+)?$"')
  }
  const info = document.info
  if (!isJsonObject(info) || typeof info.title !== 'string' || typeof info.version !== 'string') {
    throw badRequest('info must have title and version')
  }
  if (!isJsonObject(document.paths)) throw badRequest('paths must be an object')
  const {components} = document
  if (components === undefined) return
  if (!isJsonObject(components)) throw badRequest('components must be an object')
  if (components.schemas !== undefined && !isJsonObject(components.schemas)) {
    throw badRequest('components.schemas must be an object')
  }
}
