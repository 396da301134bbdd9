import {notSupported, SqlFailure} from '../sql-failure'
import type {Cursor} from '../words/cursor'

type PropertyValue = string | readonly string[]

/**
 * The properties behind WITH, each asked for by its name. What was never asked for is a property that is not done: `refuseRest` throws
 * SqlFailure naming it.
 */
export class StatementProperties {
  private readonly asked = new Set<string>()

  private constructor(
    private readonly statement: string,
    private readonly values: ReadonlyMap<string, PropertyValue>,
  ) {}

  /** Reads `[WITH (name = value, ...)]`: texts, numbers, `true`, `false` and `ARRAY['a', 'b']`. Throws SqlFailure on a name that comes twice. */
  static read(cursor: Cursor, statement: string): StatementProperties {
    if (!cursor.takes('WITH')) return new StatementProperties(statement, new Map())
    const values = cursor.properties(
      () => cursor.name(),
      () => readValue(cursor),
    )
    return new StatementProperties(statement, values)
  }

  /** A text; undefined where the statement does not say. Throws SqlFailure on a list. */
  text(name: string): string | undefined {
    this.asked.add(name)
    const value = this.values.get(name)
    if (value === undefined || typeof value === 'string') return value
    throw this.bad(name, 'is a list')
  }

  /** A list of names, lower case; empty where the statement does not say. Throws SqlFailure on anything else. */
  names(name: string): string[] {
    this.asked.add(name)
    const value = this.values.get(name) ?? []
    if (typeof value === 'string') throw this.bad(name, 'is no ARRAY')
    return value.map((one) => one.toLowerCase())
  }

  /** Throws SqlFailure where a property was given that nobody has asked for. */
  refuseRest(): void {
    for (const name of this.values.keys()) {
      if (!this.asked.has(name)) throw notSupported(`The property ${name} of ${this.statement}`)
    }
  }

  private bad(name: string, what: string): SqlFailure {
    return new SqlFailure(`INVALID_TABLE_PROPERTY: line 1:1: The property ${name} ${what}`, 1006)
  }
}

function readValue(cursor: Cursor): PropertyValue {
  if (!cursor.takes('ARRAY')) return cursor.literal()
  if (cursor.takes('[', ']')) return []
  return cursor.list(() => cursor.literal(), '[', ']')
}
