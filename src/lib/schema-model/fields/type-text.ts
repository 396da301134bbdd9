import {own, type JsonObject} from '../json-object'
import {Gathered} from './gathered'

const holdingKeywords: readonly [type: string, keywords: readonly string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties']],
  ['array', ['items', 'prefixItems']],
]

/** The type of a place in words: `string | null`, `array of object`, `any`, `nothing`. */
export function typeText(place: Gathered, root: JsonObject, depth = 0): string {
  if (place.isNever) return 'nothing'
  const names = typesOf(place)
  if (names.length > 0) {
    return names.map((name) => (name === 'array' ? arrayText(place, root, depth) : name)).join(' | ')
  }
  const options = place.unions.find((union) => union.length > 0)
  if (options === undefined) return 'any'
  const texts = [...new Set(options.map((option) => typeText(option, root, depth)))]
  return texts.includes('any') ? 'any' : texts.join(' | ')
}

function arrayText(place: Gathered, root: JsonObject, depth: number): string {
  const schemas = place.elements()
  if (schemas.length === 0 || depth > 4) return 'array'
  const text = typeText(new Gathered(root, schemas), root, depth + 1)
  return text === 'any' ? 'array' : `array of ${text.includes(' | ') ? `(${text})` : text}`
}

/** The types that all schemas of the place allow; told by the values or the keywords where none names a type. */
function typesOf({nodes}: Gathered): string[] {
  const lists = nodes.flatMap((node) => {
    const type = own(node, 'type')
    if (typeof type === 'string') return [[type]]
    return Array.isArray(type) ? [type.map(String)] : []
  })
  const [first, ...others] = lists
  if (first) return first.filter((type) => others.every((list) => list.includes(type)))
  const values = nodes.flatMap((node) => {
    const list = own(node, 'enum')
    if (Array.isArray(list)) return list as unknown[]
    return Object.hasOwn(node, 'const') ? [node['const']] : []
  })
  if (values.length > 0) return [...new Set(values.map(typeOfValue))]
  return holdingKeywords.flatMap(([type, keywords]) =>
    nodes.some((node) => keywords.some((keyword) => Object.hasOwn(node, keyword))) ? [type] : [],
  )
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'bigint' ? 'number' : typeof value
}
