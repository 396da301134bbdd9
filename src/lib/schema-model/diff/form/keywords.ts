/** Keywords that only describe, or that hold what others refer to. */
const describing = new Set([
  ...[
    '$schema',
    '$defs',
    '$id',
    '$comment',
    '$anchor',
    'title',
    'description',
    'default',
    'examples',
    'deprecated',
  ],
  ...[
    'readOnly',
    'writeOnly',
    'xml',
    'externalDocs',
    'discriminator',
    'contentEncoding',
    'contentMediaType',
    'contentSchema',
  ],
])

/** Keywords that lead to other schemas of the same place, which are taken to stand beside their own. */
const gathering = new Set(['$ref', 'allOf'])

/** Whether a keyword describes and asks for nothing. */
export function isDescription(keyword: string): boolean {
  return describing.has(keyword) || keyword.startsWith('x-')
}

/** Whether a keyword asks for something of the value at its place, by itself. */
export function isAssertion(keyword: string): boolean {
  return !isDescription(keyword) && !gathering.has(keyword)
}
