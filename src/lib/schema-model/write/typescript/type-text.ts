/** A type as text, with what is needed to put it together with others. */
export interface TypeText {
  text: string
  /** How loosely it binds: whether it needs brackets inside another type. */
  kind: 'atom' | 'intersection' | 'union'
  /** How many alternatives the compiler sees in it. */
  width: number
}

/** The compiler multiplies unions in an intersection out and gives up beyond 100,000 alternatives. */
const maxWidth = 1000

export function atom(text: string, width = 1): TypeText {
  return {text, kind: 'atom', width}
}

export const unknownType = atom('unknown')
const neverType = atom('never')

function distinct(types: readonly TypeText[]): TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()]
}

/** In brackets where another type follows directly. */
export function bracketed({text, kind}: TypeText): string {
  return kind === 'atom' ? text : `(${text})`
}

/** One of the types; `never` where there is none. */
export function unionOf(types: readonly TypeText[]): TypeText {
  const members = distinct(types.filter(({text}) => text !== 'never'))
  if (members.some(({text}) => text === 'unknown')) return unknownType
  const [only] = members
  if (only === undefined) return neverType
  if (members.length === 1) return only
  return {
    text: members.map((type) => (type.kind === 'union' ? type.text : bracketed(type))).join(' | '),
    kind: 'union',
    width: members.reduce((sum, {width}) => sum + width, 0),
  }
}

/** All of the types at once. Where that would be too much for the compiler, the last ones are left out: the type allows more then. */
export function intersectionOf(types: readonly TypeText[]): TypeText {
  const members: TypeText[] = []
  let width = 1
  for (const type of distinct(types.filter(({text}) => text !== 'unknown'))) {
    if (type.width > 1 && width * type.width > maxWidth && members.length > 0) continue
    members.push(type)
    width *= type.width
  }
  const [only] = members
  if (only === undefined) return unknownType
  if (members.length === 1) return only
  return {text: members.map(bracketed).join(' & '), kind: 'intersection', width}
}
