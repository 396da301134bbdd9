/** How a form writes schemas, where the forms differ. */
export interface Target {
  /** Before the name in a reference. */
  definitions: string
  /** Whether a schema may be `true` or `false`. */
  hasBooleans: boolean
  /** Whether everything beside `$ref` is ignored. */
  refStandsAlone: boolean
  /** Several types: in a list, or one type with a mark for null. */
  types: 'list' | 'nullable' | 'x-nullable'
  /** An exclusive bound: a number of its own, or a mark beside the bound. */
  exclusive: 'number' | 'mark'
  hasConst: boolean
  /** Items by position; missing where only one schema holds for all of them. */
  tuples?: 'prefixItems' | 'items'
  /** What the presence of a member asks for. */
  dependents?: 'apart' | 'dependencies'
  examples?: 'examples' | 'example'
  discriminator?: 'object' | 'name'
  /** Whether tools expect every required member among the properties. */
  requiredAsProperties?: boolean
  /** Keywords that are written as they are, among those that not every form has. */
  keywords: ReadonlySet<string>
}

const choices = ['anyOf', 'oneOf', 'not']
const conditions = ['if', 'then', 'else', 'contains', 'propertyNames']
const since2019 = [
  ...['unevaluatedItems', 'unevaluatedProperties', 'minContains', 'maxContains'],
  ...['contentEncoding', 'contentMediaType', 'contentSchema', 'deprecated'],
]
const access = ['readOnly', 'writeOnly']

/** JSON Schema 2020-12. */
export const jsonSchema202012: Target = {
  definitions: '#/$defs/',
  hasBooleans: true,
  refStandsAlone: false,
  types: 'list',
  exclusive: 'number',
  hasConst: true,
  tuples: 'prefixItems',
  dependents: 'apart',
  examples: 'examples',
  keywords: new Set([...choices, ...conditions, ...since2019, ...access, 'patternProperties']),
}

/** JSON Schema draft 4. */
export const jsonSchemaDraft4: Target = {
  definitions: '#/definitions/',
  hasBooleans: false,
  refStandsAlone: true,
  types: 'list',
  exclusive: 'mark',
  hasConst: false,
  tuples: 'items',
  dependents: 'dependencies',
  keywords: new Set([...choices, 'patternProperties']),
}

/** OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export const openApi31: Target = {
  ...jsonSchema202012,
  definitions: '#/components/schemas/',
  discriminator: 'object',
  keywords: new Set([...jsonSchema202012.keywords, 'externalDocs']),
}

/** OpenAPI 3.0. */
export const openApi30: Target = {
  definitions: '#/components/schemas/',
  hasBooleans: false,
  refStandsAlone: true,
  types: 'nullable',
  exclusive: 'mark',
  hasConst: false,
  examples: 'example',
  discriminator: 'object',
  keywords: new Set([...choices, ...access, 'deprecated', 'externalDocs']),
}

/** Swagger 2.0. It has no word for null; `x-nullable` is the one that its tools agreed on. */
export const swagger20: Target = {
  definitions: '#/definitions/',
  hasBooleans: false,
  refStandsAlone: true,
  types: 'x-nullable',
  exclusive: 'mark',
  hasConst: false,
  examples: 'example',
  discriminator: 'name',
  requiredAsProperties: true,
  keywords: new Set(['readOnly', 'externalDocs']),
}

/** AsyncAPI 3, whose schemas are JSON Schema draft 7 and a little more. */
export const asyncApi30: Target = {
  definitions: '#/components/schemas/',
  hasBooleans: false,
  refStandsAlone: true,
  types: 'list',
  exclusive: 'number',
  hasConst: true,
  tuples: 'items',
  dependents: 'dependencies',
  examples: 'examples',
  discriminator: 'name',
  keywords: new Set([
    ...[...choices, ...conditions, ...access, 'patternProperties'],
    ...['contentEncoding', 'contentMediaType', 'deprecated', 'externalDocs'],
  ]),
}
