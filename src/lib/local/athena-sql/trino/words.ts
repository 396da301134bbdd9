import {tokensOf, type Token} from '../words/tokens'

/** What DuckDB's tree has lost of a statement's words, by the place (in bytes) that its nodes name. */
export class Words {
  private readonly at = new Map<number, number>()
  private readonly tokens: readonly Token[]

  constructor(sql: string) {
    this.tokens = [...tokensOf(sql, 'trino')]
    let [place, bytes] = [0, 0]
    for (const [number, token] of this.tokens.entries()) {
      bytes += Buffer.byteLength(sql.slice(place, token.place))
      place = token.place
      this.at.set(bytes, number)
    }
  }

  /** The number in front of which no point stands: `0x1F`, `0b101`, `0o17`, in decimal digits; undefined where the word there is none. */
  radixNumber(place: unknown): string | undefined {
    const [first] = this.from(place, 1)
    return first && /^0(?:x[0-9a-f]+|b[01]+|o[0-7]+)$/i.test(first.raw)
      ? String(BigInt(first.raw.toLowerCase()))
      : undefined
  }

  /** The digits of a binary literal `X'65 66'`. */
  binary(place: unknown): string | undefined {
    const [first, second] = this.from(place, 2)
    const isBinary =
      first?.raw.toUpperCase() === 'X' && second?.kind === 'text' && second.place === first.place + 1
    return isBinary ? second.value.replace(/\s/g, '') : undefined
  }

  /** The type that `CAST(... AS type)` at a place names: its first word and the numbers behind it, `varchar` and `[3]`. */
  castTarget(place: unknown): {name: string; numbers: number[]} | undefined {
    const start = typeof place === 'number' ? this.at.get(place) : undefined
    if (start === undefined || !/^(?:try_)?cast$/i.test(this.tokens[start]?.raw ?? '')) return undefined
    let depth = 0
    for (let number = start + 1; number < this.tokens.length; number += 1) {
      const {kind, raw} = this.tokens[number] as Token
      if (kind === 'sign') depth += raw === '(' ? 1 : raw === ')' ? -1 : 0
      if (depth === 0) return undefined
      if (depth === 1 && kind === 'word' && raw.toUpperCase() === 'AS') return this.typeAt(number + 1)
    }
    return undefined
  }

  private typeAt(number: number): {name: string; numbers: number[]} {
    const [name, opening, ...sizes] = this.tokens.slice(number, number + 6)
    const numbers = sizes.flatMap(({kind, raw}) => (kind === 'number' ? [Number(raw)] : []))
    return {name: name?.raw.toLowerCase() ?? '', numbers: opening?.raw === '(' ? numbers : []}
  }

  private from(place: unknown, count: number): Token[] {
    const number = typeof place === 'number' ? this.at.get(place) : undefined
    return number === undefined ? [] : this.tokens.slice(number, number + count)
  }
}
