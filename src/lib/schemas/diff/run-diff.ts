import {OpError} from '../../core/errors'
import {detailOf, isEventSchema} from '../../schema-model/detail'
import type {Change, Verdict} from '../../schema-model/diff/change'
import {diffSchemas} from '../../schema-model/diff/diff-schemas'
import type {SchemaDocument} from '../../schema-model/schema-document'
import {openSchema, schemaId, type OpenedSchema, type SchemaId} from '../open/open-schema'
import type {SchemaPorts} from '../open/schema-ports'
import {previousVersion} from './previous-version'

export const diffSides = ['producers', 'consumers', 'both'] as const
export type DiffSide = (typeof diffSides)[number]
export const diffLimits = ['breaking', 'may-break'] as const

/** What `schemas diff` was asked to compare. */
export interface DiffRequest {
  old: string
  /** Missing: the version before `old`, and `old`. */
  next?: string | undefined
  registry?: string | undefined
  for: DiffSide
  /** The least that makes the schemas incompatible. */
  failOn: (typeof diffLimits)[number]
}

/** What `schemas diff` answers under `--json`. */
export interface DiffResult {
  from: SchemaId
  to: SchemaId
  for: DiffSide
  compatible: boolean
  /** Set where one of them is the schema of a whole event and the other that of a detail. */
  detailOnly?: true
  breakingCount: number
  mayBreakCount: number
  safeCount: number
  changes: Change[]
}

export interface DiffOutcome {
  result: DiffResult
  /** How the two are told to a person. */
  labels: [from: string, to: string]
}

/**
 * Compares two schemas, or the last two versions of one. Throws `STDIN_TWICE`, `DIFF_NEEDS_TWO` (usage), `SCHEMA_VERSION_NOT_FOUND`
 * (absent), and what opening, reading and comparing schemas throws.
 */
export async function runDiff(request: DiffRequest, ports: SchemaPorts): Promise<DiffOutcome> {
  const [from, to] = await openBoth(request, ports)
  const isMixed = isEventSchema(from.document) !== isEventSchema(to.document)
  const [old, next] = isMixed
    ? [detailIfEvent(from.document), detailIfEvent(to.document)]
    : [from.document, to.document]
  const all = diffSchemas(old, next)
  const changes = order.flatMap((verdict) => all.filter((change) => worstOf(change, request.for) === verdict))
  const counts = (verdict: Verdict) =>
    changes.filter((change) => worstOf(change, request.for) === verdict).length
  const [breakingCount, mayBreakCount] = [counts('breaking'), counts('may-break')]
  return {
    labels: [from.label, to.label],
    result: {
      from: schemaId(from),
      to: schemaId(to),
      for: request.for,
      compatible: breakingCount === 0 && (mayBreakCount === 0 || request.failOn === 'breaking'),
      ...(isMixed ? {detailOnly: true as const} : {}),
      breakingCount,
      mayBreakCount,
      safeCount: counts('safe'),
      changes,
    },
  }
}

async function openBoth(request: DiffRequest, ports: SchemaPorts): Promise<[OpenedSchema, OpenedSchema]> {
  const {old, next, registry} = request
  if (next !== undefined) {
    if (old === '-' && next === '-') {
      throw new OpError('usage', 'STDIN_TWICE', 'Both schemas are to be read from standard input.', {
        hint: 'Name a file for one of them.',
      })
    }
    // One after the other: a session is opened once.
    const from = await openSchema(old, registry, ports)
    return [from, await openSchema(next, registry, ports)]
  }
  const to = await openSchema(old, registry, ports)
  return [await openSchema(await previousVersion(to, ports), to.origin.registry, ports), to]
}

function detailIfEvent(document: SchemaDocument): SchemaDocument {
  return isEventSchema(document) ? detailOf(document) : document
}

const order: readonly Verdict[] = ['breaking', 'may-break', 'safe']

/** What a change means for the sides that were asked about. */
export function worstOf({producers, consumers}: Change, side: DiffSide): Verdict {
  if (side !== 'both') return side === 'producers' ? producers : consumers
  return order.find((verdict) => verdict === producers || verdict === consumers) ?? 'safe'
}
