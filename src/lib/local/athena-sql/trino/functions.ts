import type {Duck} from '../duck'
import {numberMacros} from './macros/numbers'
import {structureMacros} from './macros/structures'
import {textMacros} from './macros/texts'
import {timeMacros} from './macros/times'

/**
 * Functions of Trino that DuckDB lacks, or has with another meaning, as macros, and those that `giveTrinosMeaning` calls (`trino_...`). `system.main`
 * names DuckDB's own function where the macro hides it. What depends on a type asks `typeof`, which DuckDB answers before the query runs, so a branch costs
 * nothing; every branch must be one that all types can take. `cast_to_type` gives a value the type of another one.
 */
const macros: readonly string[] = [...numberMacros, ...textMacros, ...timeMacros, ...structureMacros]

/** The macros by the names under which a statement calls them. */
const byName = new Map(macros.map((macro) => [macro.slice(0, macro.search(/[ (]/)), macro]))

/** Defines what a session needs before anything else: the present, `now` being milliseconds since 1970. */
export async function defineClock(duck: Duck, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  await define(duck, [
    `now() AS TIMESTAMPTZ '${at}'`,
    `get_current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_timestamp() AS TIMESTAMPTZ '${at}'`,
    `current_date() AS DATE '${at.slice(0, 10)}'`,
    `current_localtimestamp() AS TIMESTAMP '${at.slice(0, 23).replace('T', ' ')}'`,
  ])
}

/** Defines those of Trino's functions whose names stand in a text, and the macros `named`: all of them would cost a small query half of its time. */
export async function defineTrinoFunctions(
  duck: Duck,
  texts: readonly string[],
  named: Iterable<string>,
): Promise<void> {
  const words = texts.flatMap((text) => text.toLowerCase().match(/[a-z_]\w*/g) ?? [])
  const wanted = new Set<string>()
  const ordered: string[] = []
  const add = (name: string) => {
    const macro = byName.get(name)
    if (macro === undefined || wanted.has(name)) return
    wanted.add(name)
    for (const word of macro.match(/[a-z_]\w*/g) ?? []) if (word.startsWith('trino_')) add(word)
    // Behind those that it calls.
    ordered.push(macro)
  }
  for (const name of [...words, ...named]) add(name)
  await define(duck, ordered)
}

async function define(duck: Duck, definitions: readonly string[]): Promise<void> {
  if (definitions.length === 0) return
  await duck.run(definitions.map((macro) => `CREATE TEMP MACRO ${macro};`).join('\n'))
}
