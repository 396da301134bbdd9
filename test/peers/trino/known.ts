import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {textOf, type Outcome} from './outcome'

/** A case of which the local endpoint answers otherwise than Trino: what the two say. */
export interface Difference {
  case: string
  trino: Outcome
  local: Outcome
}

/** By kind of difference, the worst first: case to what Trino says and what the local endpoint says. */
export type Differences = Partial<Record<Kind, Record<string, {trino: string; local: string}>>>

const kinds = [
  'another value',
  'another type',
  'fails here alone',
  'fails on Trino alone',
  'fails under another name',
  'not there',
  'refused by name',
] as const
type Kind = (typeof kinds)[number]

/** The differences of a file of cases, as `known` keeps them. */
export function differencesOf(differences: readonly Difference[]): Differences {
  const sorted: Differences = {}
  for (const kind of kinds) {
    const those = differences.filter((one) => kindOf(one) === kind)
    if (those.length === 0) continue
    sorted[kind] = Object.fromEntries(
      those.map(({case: name, trino, local}) => [name, {trino: textOf(trino), local: textOf(local)}]),
    )
  }
  return sorted
}

function kindOf({trino, local}: Difference): Kind {
  if ('failure' in local && local.failure === 'NOT_SUPPORTED') return 'refused by name'
  if ('failure' in trino) return 'failure' in local ? 'fails under another name' : 'fails on Trino alone'
  if ('failure' in local) return local.failure === 'FUNCTION_NOT_FOUND' ? 'not there' : 'fails here alone'
  return JSON.stringify(trino.rows) === JSON.stringify(local.rows) ? 'another type' : 'another value'
}

/** What is known to differ in the cases of a file; with `TRINO_KNOWN=write`, what differs now is from now on. */
export function knownDifferences(file: string, now: Differences): Differences {
  if (process.env['TRINO_KNOWN'] === 'write') {
    mkdirSync(dirname(pathOf(file)), {recursive: true})
    writeFileSync(pathOf(file), `${JSON.stringify(now, null, 2)}\n`)
  }
  return readKnown(file)
}

/** Tells the cases of a file that fail on one of the two, as far as is known. */
export function knownToFail(file: string, engine: 'trino' | 'local'): (name: string) => boolean {
  const known = Object.values(readKnown(file)).flatMap((cases) => Object.entries(cases))
  const failing = new Set(known.flatMap(([name, says]) => (says[engine].startsWith('fails: ') ? [name] : [])))
  return (name) => failing.has(name)
}

function readKnown(file: string): Differences {
  return existsSync(pathOf(file)) ? (JSON.parse(readFileSync(pathOf(file), 'utf8')) as Differences) : {}
}

function pathOf(file: string): string {
  return join(__dirname, 'known', `${file}.json`)
}

/** How many cases differ, by kind. */
export function countOf(differences: Differences): Record<string, number> {
  return Object.fromEntries(
    Object.entries(differences).map(([kind, those]) => [kind, Object.keys(those).length]),
  )
}
