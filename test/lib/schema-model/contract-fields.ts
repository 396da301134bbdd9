interface Node {
  type?: string
  format?: string
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Node>
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  $ref?: string
}

/** What a JSON Schema says of one field. */
export interface Field {
  type: string
  format: string | undefined
  required: boolean
  enum: string | undefined
  bounds: string | undefined
}

/** Every field of a JSON Schema by its path (`customer.id`). References lead to `definitions`. */
export function fieldsOf(schema: object): Map<string, Field> {
  const {definitions = {}} = schema as {definitions?: Record<string, Node>}
  const resolved = (node: Node): Node =>
    node.$ref === undefined ? node : (definitions[node.$ref.replace('#/definitions/', '')] ?? {})
  const fields = new Map<string, Field>()
  const visit = (node: Node, path: string): void => {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const found = resolved(child)
      fields.set(`${path}${key}`, {
        type: found.type ?? 'any',
        format: found.format,
        required: node.required?.includes(key) ?? false,
        enum: found.enum?.join('|'),
        bounds: boundsOf(found),
      })
      visit(found, `${path}${key}.`)
    }
  }
  visit(resolved(schema), '')
  return fields
}

function boundsOf({minimum, maximum, minLength, maxLength}: Node): string | undefined {
  const bounds = Object.entries({minimum, maximum, minLength, maxLength}).filter(
    ([, value]) => value !== undefined,
  )
  return bounds.length > 0 ? bounds.map(([name, value]) => `${name} ${value}`).join(', ') : undefined
}

/** Every difference of two schemas in a field, but for type and format: a line each, `PATH: WHAT contract -> discovered`. */
export function otherDifferences(contract: Map<string, Field>, found: Map<string, Field>): string[] {
  return [...contract].flatMap(([path, promised]) => {
    const seen = found.get(path)
    if (!seen) return [`${path}: not seen`]
    const lines: string[] = []
    if (promised.required !== seen.required)
      lines.push(`${path}: ${seen.required ? 'always there' : 'not always there'}`)
    if (promised.enum !== seen.enum) lines.push(`${path}: enum ${seen.enum ?? 'none'}`)
    if (promised.bounds !== seen.bounds) lines.push(`${path}: no ${promised.bounds ?? ''}`)
    return lines
  })
}
