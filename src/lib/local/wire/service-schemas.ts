import {NormalizedSchema} from '@smithy/core/schema'
import type {StaticOperationSchema} from '@smithy/types'

/** An operation as the SDK's Smithy schema describes it. */
export interface OperationShape {
  name: string
  input: NormalizedSchema
  output: NormalizedSchema
  /** Method, URI template and success status of REST operations. */
  http: {method: string; path: string; query: Map<string, string>; status: number} | undefined
}

type Exports = Record<string, unknown>

/** The operations that a service's SDK client describes, found by name or, for REST, by listing. */
export class ServiceSchemas {
  private readonly shapes = new Map<string, OperationShape>()

  constructor(private readonly exports: Exports) {}

  operation(name: string): OperationShape | undefined {
    const known = this.shapes.get(name)
    if (known) return known
    const schema = Object.hasOwn(this.exports, `${name}$`) ? this.exports[`${name}$`] : undefined
    if (!isOperation(schema)) return undefined
    const shape = toShape(schema)
    this.shapes.set(name, shape)
    return shape
  }

  all(): OperationShape[] {
    return Object.values(this.exports)
      .filter(isOperation)
      .map((schema) => this.operation(schema[2]))
      .filter((shape) => shape !== undefined)
  }

  /** Traits of an error shape by its name, for example its HTTP status and its name in the query protocol. */
  errorTraits(code: string): {httpError?: number; awsQueryError?: [string, number]; namespace?: string} {
    const schema = Object.hasOwn(this.exports, `${code}$`) ? this.exports[`${code}$`] : undefined
    if (!Array.isArray(schema)) return {}
    return {
      ...(NormalizedSchema.of(schema as never).getMergedTraits() as object),
      namespace: String(schema[1]),
    }
  }
}

function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9
}

function toShape(schema: StaticOperationSchema): OperationShape {
  const [, , name, traits, input, output] = schema
  const http = typeof traits === 'object' ? traits.http : undefined
  return {
    name,
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    http: http && splitHttp(http),
  }
}

function splitHttp([method, uri, status]: [string, string, number]): NonNullable<OperationShape['http']> {
  const [path = '/', queryText = ''] = uri.split('?')
  const query = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(queryText)) {
    // The JavaScript SDK alone sends x-id, to tell operations of one path apart in logs.
    if (key !== 'x-id') query.set(key, value)
  }
  return {method, path, query, status}
}
