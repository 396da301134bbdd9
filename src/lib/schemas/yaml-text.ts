import {isCollection, isScalar, parseDocument, visit, type ScalarTag} from 'yaml'

/** A number as the JSON text has it, so that no digit changes. */
class NumberText {
  constructor(readonly text: string) {}
}

const numberTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^-?\d[\d.eE+-]*$/,
  identify: (value) => value instanceof NumberText,
  resolve: (text) => new NumberText(text),
  stringify: ({value}) => (value as NumberText).text,
}

/** Whether the library may leave the quotes out. It keeps them where a reader of YAML 1.1 or 1.2 would see something else than a text. */
function isPlain(text: string): boolean {
  return /^[A-Za-z$][ -~]*$/.test(text)
}

/** JSON text as YAML in block style, every number with its digits. */
export function yamlOf(json: string): string {
  const document = parseDocument(json, {compat: 'yaml-1.1', customTags: (tags) => [numberTag, ...tags]})
  visit(document, (_key, node) => {
    if (isCollection(node) && node.items.length > 0) node.flow = false
    if (isScalar(node) && typeof node.value === 'string' && isPlain(node.value)) delete node.type
  })
  return document.toString({lineWidth: 0})
}
