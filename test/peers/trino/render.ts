/** A type as Trino describes it to its clients. */
export interface TypeSignature {
  rawType: string
  arguments: {kind: string; value: unknown}[]
}

interface NamedType {
  fieldName?: {name: string}
  typeSignature: TypeSignature
}

/** Athena's names where they are not Trino's (GetQueryResults, ColumnInfo). */
const athenaNames: Readonly<Record<string, string>> = {real: 'float'}

/** The type as ColumnInfo names it, with precision and scale of decimals; lengths of texts and precisions of times are not in it. */
export function typeName({rawType, arguments: given}: TypeSignature): string {
  const name = athenaNames[rawType] ?? rawType
  if (rawType !== 'decimal') return name
  return `decimal(${given.map(({value}) => String(value)).join(',')})`
}

/** A value of Trino's JSON as Athena writes it: null for NULL, rows `{a=1, b=null}`, maps `{k=v}`, arrays `[1, 2]`. */
export function renderTrino(value: unknown, type: TypeSignature): string | null {
  return value === null ? null : (renderers[type.rawType]?.(value, type) ?? String(value))
}

const renderers: Readonly<Record<string, (value: unknown, type: TypeSignature) => string>> = {
  array: (value, type) => {
    const [element] = innerTypes(type)
    return `[${(value as unknown[]).map((item) => inside(item, element)).join(', ')}]`
  },
  map: (value, type) => {
    const [, item] = innerTypes(type)
    const entries = Object.entries(value as Record<string, unknown>)
    return `{${entries.map(([key, one]) => `${key}=${inside(one, item)}`).join(', ')}}`
  },
  row: (value, {arguments: fields}) => {
    const cells = (value as unknown[]).map((item, place) => {
      const {fieldName, typeSignature} = fields[place]?.value as NamedType
      return `${fieldName?.name ?? `field${place}`}=${inside(item, typeSignature)}`
    })
    return `{${cells.join(', ')}}`
  },
  varbinary: (value) =>
    [...Buffer.from(String(value), 'base64')].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
}

function innerTypes(type: TypeSignature): (TypeSignature | undefined)[] {
  return type.arguments.map(({value}) => value as TypeSignature)
}

function inside(value: unknown, type: TypeSignature | undefined): string {
  return (type && renderTrino(value, type)) ?? 'null'
}
