import {OpError} from '../../core/errors'
import {stringifyExact} from '../../core/json'
import type {Where} from '../../core/where'
import type {FieldType} from '../../core/where-field'
import {readPattern} from '../read-pattern'
import {alternativesOf, clauseOf} from './clause'
import type {Clause} from './clause'
import {envelopeFields, envelopeType} from './envelope-fields'
import {joinClauses} from './join-clauses'
import {patternTree} from './pattern-tree'
import type {FieldPart} from './pattern-tree'

/** What a pattern is to ask for. Lists without members ask for nothing. */
export interface PatternRequest {
  sources?: readonly string[] | undefined
  detailTypes?: readonly string[] | undefined
  accounts?: readonly string[] | undefined
  regions?: readonly string[] | undefined
  resources?: readonly string[] | undefined
  /** All must hold. */
  where?: readonly Where[] | undefined
}

export interface BuildOptions {
  /** The types of fields under `detail`; without one a value is what it was read as. */
  fieldType?: ((path: string) => FieldType | undefined) | undefined
}

export interface BuiltPattern {
  /** The pattern as a JSON value for `stringifyExact` and `formatPattern`: its numbers are exact. */
  pattern: object
  /** Sentences on what a reader might not expect of it. */
  remarks: string[]
}

/** Requests that are lists, as conditions on the envelope. */
function listed(request: PatternRequest): Where[] {
  const lists: [string, readonly string[] | undefined][] = [
    ['source', request.sources],
    ['detail-type', request.detailTypes],
    ['account', request.accounts],
    ['region', request.regions],
    ['resources', request.resources],
  ]
  return lists.flatMap(([path, texts = []]): Where[] => {
    const values = texts.map((text) => ({kind: 'text', text}) as const)
    return texts.length === 0 ? [] : [{path, operator: '=', values, text: `${path}=${texts.join(',')}`}]
  })
}

/** All conditions of a request, those of its lists first. */
export function conditionsOf(request: PatternRequest): Where[] {
  return [...listed(request), ...(request.where ?? [])]
}

function byPath(conditions: readonly Where[]): Map<string, Where[]> {
  const groups = new Map<string, Where[]>()
  for (const where of conditions) groups.set(where.path, [...(groups.get(where.path) ?? []), where])
  return groups
}

/** The envelope's fields in their order, `detail` last; what is no field of the envelope before it. */
function rank(path: string): number {
  const root = path.split('.')[0] ?? ''
  const index = envelopeFields.findIndex((field) => field.path === root)
  return index === -1 ? envelopeFields.length - 1.5 : index
}

function absenceRemark(path: string, conditions: readonly Where[]): string[] {
  if (conditions.some(({operator}) => operator !== '!=')) return []
  const words = conditions.map(({text}) => text).join(' and ')
  const list = path === 'resources' ? ' Of several resources it is enough that one differs.' : ''
  return [`${words} holds only for events that have the field ${path}.${list}`]
}

function partOf(path: string, conditions: readonly Where[], type: FieldType | undefined) {
  const read = conditions.map((where) => clauseOf(where, type))
  const clause: Clause | undefined = joinClauses(
    path,
    read.map((one) => one.clause),
  )
  const parts: FieldPart[] =
    clause === undefined ? [] : [{path, alternatives: alternativesOf(clause), sources: clause.sources}]
  return {parts, remarks: [...read.flatMap((one) => one.remarks), ...absenceRemark(path, conditions)]}
}

/**
 * The event pattern that matches what `request` asks for. Several conditions on one field become one list of alternatives.
 * Only what was asked for is in it, and EventBridge would take it. Throws `BAD_WHERE` where a condition, or two together, cannot
 * be said in a pattern, `PATTERN_EMPTY` where nothing is asked for, `PATTERN_TOO_LONG`, and `BAD_PATTERN` for more than 256
 * fields (all usage).
 */
export function buildPattern(request: PatternRequest, options: BuildOptions = {}): BuiltPattern {
  const conditions = conditionsOf(request)
  if (conditions.length === 0) {
    throw new OpError('usage', 'PATTERN_EMPTY', 'Nothing says what the pattern is to match.', {
      hint: "Give --source, --detail-type, --account, --resource or --where 'detail.response.status>=500'.",
    })
  }
  const built = [...byPath(conditions)].map(([path, group]) =>
    partOf(path, group, envelopeType(path) ?? options.fieldType?.(path)),
  )
  const parts = built.flatMap((one) => one.parts).sort((a, b) => rank(a.path) - rank(b.path))
  const pattern = patternTree(parts)
  readPattern(stringifyExact(pattern))
  return {pattern, remarks: [...new Set(built.flatMap((one) => one.remarks))]}
}
