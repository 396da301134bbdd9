import type {Column} from '@aws-sdk/client-glue'
import {invalidInput} from './errors'

type Test = (values: readonly string[]) => boolean
type Compare = (order: number) => boolean

const comparisons: Record<string, Compare> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}
const numericTypes = new Set(['int', 'integer', 'long', 'bigint', 'smallint', 'tinyint', 'decimal'])
const tokenPattern = /\s*('(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|-?\d+(?:\.\d+)?|<=|>=|<>|!=|[=<>(),])/y

/**
 * The test that a GetPartitions `Expression` makes of a partition's values: comparisons of a partition key with a literal,
 * `IN`, `BETWEEN`, `IS [NOT] NULL`, `AND`, `OR`, `NOT` and parentheses. Numeric keys compare as numbers, the others as text.
 * Throws `InvalidInputException` on anything else (`LIKE` among it).
 */
export function partitionFilter(expression: string | undefined, keys: readonly Column[]): Test {
  if (expression === undefined || expression.trim() === '') return () => true
  if (expression.length > 2048) throw invalidInput('Expression must have length less than or equal to 2048.')
  return new FilterParser(tokensOf(expression), keys).whole()
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  let place = 0
  while (text.slice(place).trim() !== '') {
    tokenPattern.lastIndex = place
    const match = tokenPattern.exec(text)
    if (!match) throw invalidInput(`Expression is not valid at: ${text.slice(place)}`)
    tokens.push(match[1] ?? '')
    place = tokenPattern.lastIndex
  }
  return tokens
}

class FilterParser {
  private place = 0

  constructor(
    private readonly tokens: readonly string[],
    private readonly keys: readonly Column[],
  ) {}

  whole(): Test {
    const test = this.or()
    if (this.place < this.tokens.length) throw this.unexpected()
    return test
  }

  private or(): Test {
    const left = this.and()
    if (!this.takes('or')) return left
    const right = this.or()
    return (values) => left(values) || right(values)
  }

  private and(): Test {
    const left = this.not()
    if (!this.takes('and')) return left
    const right = this.and()
    return (values) => left(values) && right(values)
  }

  private not(): Test {
    if (this.takes('not')) {
      const inner = this.not()
      return (values) => !inner(values)
    }
    if (!this.takes('(')) return this.predicate()
    const inner = this.or()
    this.needs(')')
    return inner
  }

  private predicate(): Test {
    const column = this.column()
    if (this.takes('between')) return this.between(column)
    if (this.takes('is')) {
      const negated = this.takes('not')
      this.needs('null')
      return () => negated
    }
    const negated = this.takes('not')
    if (this.takes('in')) {
      const test = this.in(column)
      return negated ? (values) => !test(values) : test
    }
    const compare = negated ? undefined : comparisons[this.next() ?? '']
    if (!compare) {
      this.place -= 1
      throw this.unexpected()
    }
    const literal = this.literal()
    return (values) => compare(column.order(values, literal))
  }

  private between(column: FilterColumn): Test {
    const low = this.literal()
    this.needs('and')
    const high = this.literal()
    return (values) => column.order(values, low) >= 0 && column.order(values, high) <= 0
  }

  private in(column: FilterColumn): Test {
    const literals: string[] = []
    this.needs('(')
    do literals.push(this.literal())
    while (this.takes(','))
    this.needs(')')
    return (values) => literals.some((literal) => column.order(values, literal) === 0)
  }

  private column(): FilterColumn {
    const name = this.next()?.toLowerCase()
    const place = this.keys.findIndex((key) => key.Name === name)
    const key = this.keys[place]
    if (!key)
      throw invalidInput(`Expression names ${name ?? 'nothing'}, which is no partition key of the table.`)
    return new FilterColumn(place, numericTypes.has((key.Type ?? 'string').replace(/\(.*/, '')))
  }

  private literal(): string {
    const token = this.next() ?? ''
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
    if (/^-?\d/.test(token)) return token
    this.place -= 1
    throw this.unexpected()
  }

  private next(): string | undefined {
    const token = this.tokens[this.place]
    this.place += 1
    return token
  }

  private takes(word: string): boolean {
    if (this.tokens[this.place]?.toLowerCase() !== word) return false
    this.place += 1
    return true
  }

  private needs(word: string): void {
    if (!this.takes(word)) throw this.unexpected()
  }

  private unexpected(): Error {
    return invalidInput(
      `Expression is not supported at: ${this.tokens.slice(this.place).join(' ') || 'its end'}`,
    )
  }
}

class FilterColumn {
  constructor(
    private readonly place: number,
    private readonly numeric: boolean,
  ) {}

  /** Below zero where the partition's value comes before the literal, zero where both are equal. */
  order(values: readonly string[], literal: string): number {
    const value = values[this.place] ?? ''
    if (this.numeric) return Number(value) - Number(literal)
    return Buffer.compare(Buffer.from(value), Buffer.from(literal))
  }
}
