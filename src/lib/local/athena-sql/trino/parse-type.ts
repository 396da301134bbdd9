import type {TrinoType} from './type'

/** Reads a type as Trino writes it; undefined where it is none. */
export function parseTrinoType(text: string): TrinoType | undefined {
  const tokens = text.match(/"(?:[^"]|"")*"|[A-Za-z_]\w*|\d+|[(),]|\S/g) ?? []
  const reader = new TrinoTypeReader(tokens)
  const type = reader.type()
  return reader.isAtEnd ? type : undefined
}

class TrinoTypeReader {
  private at = 0

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length
  }

  type(): TrinoType | undefined {
    const name = this.next()?.toLowerCase() ?? ''
    if (name === 'array') return this.array()
    if (name === 'map') return this.map()
    if (name === 'row') return this.row()
    return this.scalar(name)
  }

  private array(): TrinoType | undefined {
    const [element] = this.list(() => this.type()) ?? []
    return element && {kind: 'array', element}
  }

  private map(): TrinoType | undefined {
    const [key, value] = this.list(() => this.type()) ?? []
    return key && value && {kind: 'map', key, value}
  }

  private scalar(name: string): TrinoType | undefined {
    const numbers = this.tokens[this.at] === '(' ? this.list(() => this.next()) : []
    if (!numbers || !/^[a-z]/.test(name)) return undefined
    if (name === 'int') return {kind: 'scalar', name: 'integer', arguments: ''}
    // Times of Hive tables have milliseconds, however many digits are asked for.
    if (name === 'timestamp') return {kind: 'scalar', name: 'timestamp(3)', arguments: ''}
    return {kind: 'scalar', name, arguments: numbers.join(',')}
  }

  private row(): TrinoType | undefined {
    const fields = this.list(() => {
      const name = this.next() ?? ''
      const type = this.type()
      return (
        type && {
          name: name
            .replace(/^"(.*)"$/s, '$1')
            .replaceAll('""', '"')
            .toLowerCase(),
          type,
        }
      )
    })
    return fields && {kind: 'row', fields}
  }

  /** `(item, ...)`; undefined where it is malformed or an item is unknown. */
  private list<T>(read: () => T | undefined): T[] | undefined {
    const items: T[] = []
    if (this.next() !== '(') return undefined
    for (;;) {
      const item = read()
      if (item === undefined) return undefined
      items.push(item)
      const sign = this.next()
      if (sign === ')') return items
      if (sign !== ',') return undefined
    }
  }

  private next(): string | undefined {
    const token = this.tokens[this.at]
    this.at += 1
    return token
  }
}
