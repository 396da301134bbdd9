import type {Change} from '../change'
import {isSafe} from './comparer'
import type {Alternative} from '../form/form'
import {own} from '../../json-object'

/** Compares two alternatives of one kind. */
export type CompareTwo = (a: Alternative, b: Alternative, path: string) => Change[]

/**
 * Compares the options of one kind at a place. Options that are the same are matched first; of the others each is compared with its
 * counterpart, and is safe where any option of the other side holds it whole.
 */
export function compareUnions(
  before: readonly Alternative[],
  after: readonly Alternative[],
  path: string,
  compare: CompareTwo,
): Change[] {
  // A kind that one side lacks, or only lists values of, is told elsewhere.
  if (before.length === 0 || after.length === 0) return []
  const [first, second] = [before[0], after[0]]
  if (before.length === 1 && after.length === 1 && first && second) return compare(first, second, path)
  const {olds, news} = withoutEqual(before, after, (a, b) => isUnchanged(compare(a, b, path)))
  const pairs = counterparts(olds, news)
  return pairs.flatMap(([a, b]) => {
    const isKept = !a || after.some((other) => isSafe(compare(a, other, path), 'producers'))
    const isKnown = !b || before.some((other) => isSafe(compare(other, b, path), 'consumers'))
    return pairChanges(a, b, path, compare).map((change) => ({
      ...change,
      ...(isKept ? {producers: 'safe' as const} : {}),
      ...(isKnown ? {consumers: 'safe' as const} : {}),
    }))
  })
}

function isUnchanged(changes: readonly Change[]): boolean {
  return isSafe(changes, 'producers') && isSafe(changes, 'consumers')
}

function withoutEqual(
  before: readonly Alternative[],
  after: readonly Alternative[],
  isEqual: CompareEqual,
): {olds: Alternative[]; news: Alternative[]} {
  const news = [...after]
  const olds = before.filter((a) => {
    const match = news.findIndex((b) => isEqual(a, b))
    if (match !== -1) news.splice(match, 1)
    return match === -1
  })
  return {olds, news}
}

type CompareEqual = (a: Alternative, b: Alternative) => boolean

type Pair = [old: Alternative | undefined, next: Alternative | undefined]

/** Options with the same fixed members or the same name belong together; of the rest, those that stand alone on their sides. */
function counterparts(olds: readonly Alternative[], news: readonly Alternative[]): Pair[] {
  const left = [...news]
  const pairs: Pair[] = olds.map((a) => {
    const at = left.findIndex((b) => markOf(a) !== undefined && markOf(a) === markOf(b))
    return [a, at === -1 ? undefined : left.splice(at, 1)[0]]
  })
  const alone = pairs.filter(([, b]) => b === undefined)
  if (alone.length === left.length) for (const pair of alone) pair[1] = left.shift()
  return [...pairs, ...left.map((b): Pair => [undefined, b])]
}

/** What tells an option from its siblings: the members with one fixed value, else its name. */
function markOf({nodes, name}: Alternative): string | undefined {
  const fixed = nodes.flatMap((node) => {
    const properties = Object.entries(own(node, 'properties') ?? {}) as [string, unknown][]
    return properties.flatMap(([name, schema]) => fixedText(name, schema))
  })
  return fixed.length > 0 ? fixed.sort().join() : name
}

function fixedText(name: string, schema: unknown): string[] {
  const list = own(schema, 'enum')
  const value =
    own(schema, 'const') ?? (Array.isArray(list) && list.length === 1 ? (list[0] as unknown) : undefined)
  return typeof value === 'string' ? [`${name}=${value}`] : []
}

function pairChanges(
  a: Alternative | undefined,
  b: Alternative | undefined,
  path: string,
  compare: CompareTwo,
): Change[] {
  if (a && b) return compare(a, b, path)
  const option = a ?? b
  const name = (option && markOf(option)) ?? option?.kind ?? ''
  return [
    a
      ? {
          path,
          kind: 'option-removed',
          message: `the option ${name} is gone`,
          producers: 'breaking',
          consumers: 'safe',
        }
      : {
          path,
          kind: 'option-added',
          message: `the option ${name} is new`,
          producers: 'safe',
          consumers: 'breaking',
        },
  ]
}
