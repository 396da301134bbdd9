import {isExactNumber} from '../../../core/json'
import {isJsonObject, own, type JsonObject} from '../../json-object'
import {holdsSchemas} from '../../walk'
import {isDescription} from './keywords'
import type {Side} from './side'
import {valueKey} from './values'

/** Keywords whose lists may stand in any order. */
const unordered = new Set(['required', 'enum', 'type', 'anyOf', 'oneOf', 'allOf'])

/** Tells whether schemas of two documents say the same, what they refer to included. */
export class Sameness {
  /** Pairs of definitions that are taken for the same until one is found that is not. */
  private readonly assumed = new Set<string>()

  /** With `isExact` descriptions count too. */
  constructor(
    private readonly a: Side,
    private readonly b: Side,
    private readonly isExact: boolean,
  ) {}

  /** Whether two schemas say the same. */
  holds(a: unknown, b: unknown): boolean {
    const isSame = this.schemas(a, b)
    // Whatever was taken for the same may rest on the pair that is not.
    if (!isSame) this.assumed.clear()
    return isSame
  }

  private schemas(a: unknown, b: unknown): boolean {
    if (!isJsonObject(a) || !isJsonObject(b)) return a === b
    const keys = this.keysOf(a)
    if (keys.length !== this.keysOf(b).length) return false
    return keys.every((key) => Object.hasOwn(b, key) && this.keyword(key, a[key], b[key]))
  }

  private keysOf(schema: JsonObject): string[] {
    return Object.keys(schema).filter((key) => key !== '$defs' && (this.isExact || !isDescription(key)))
  }

  private keyword(key: string, a: unknown, b: unknown): boolean {
    if (key === '$ref') return this.references(String(a), String(b))
    const kind = holdsSchemas(key)
    if (kind === 'one') return this.schemas(a, b)
    if (kind === 'list') return Array.isArray(a) && Array.isArray(b) && this.lists(a, b)
    if (kind === 'map') return isJsonObject(a) && isJsonObject(b) && this.maps(a, b)
    if (unordered.has(key)) return setKey(a) === setKey(b)
    return isExactNumber(a) || isExactNumber(b) ? String(a) === String(b) : valueKey(a) === valueKey(b)
  }

  private lists(a: readonly unknown[], b: readonly unknown[]): boolean {
    return a.length === b.length && a.every((schema, i) => this.schemas(schema, b[i]))
  }

  private maps(a: JsonObject, b: JsonObject): boolean {
    const names = Object.keys(a)
    if (names.length !== Object.keys(b).length) return false
    return names.every((name) => Object.hasOwn(b, name) && this.schemas(a[name], own(b, name)))
  }

  private references(a: string, b: string): boolean {
    const pair = `${a} ${b}`
    if (this.assumed.has(pair)) return true
    this.assumed.add(pair)
    return this.schemas(this.a.resolve(a), this.b.resolve(b))
  }
}

function setKey(value: unknown): string {
  return [value].flat().map(valueKey).sort().join()
}
