import type {AnswerRow} from '../define-report'
import {countText} from './verdict'

/** Numbers that are missing in the sequence of an instance; both ends are missing themselves. */
export interface Gap {
  service: string
  instance: string
  first: bigint
  last: bigint
}

/** The gaps of a service: how many, how many numbers in them, and the first few. */
export interface ServiceGaps {
  gapCount: bigint
  missing: bigint
  first: Gap[]
}

/** What the query of sequences answered, by service. */
export function gapsByService(rows: readonly AnswerRow[]): Map<string, ServiceGaps> {
  const found = new Map<string, ServiceGaps>()
  for (const row of rows) {
    const {service = '', instance = '', first_missing: first = '0', last_missing: last = '0'} = row
    const known = found.get(service) ?? {
      gapCount: BigInt(row['gap_count'] ?? '0'),
      missing: BigInt(row['missing_count'] ?? '0'),
      first: [],
    }
    known.first.push({service, instance, first: BigInt(first), last: BigInt(last)})
    found.set(service, known)
  }
  return found
}

/** `i-1: 17 to 19, 30; i-2: 5`, and how many more. */
export function gapsText({gapCount, first}: ServiceGaps): string {
  const byInstance = new Map<string, string[]>()
  for (const gap of first) {
    const range = gap.first === gap.last ? String(gap.first) : `${gap.first} to ${gap.last}`
    byInstance.set(gap.instance, [...(byInstance.get(gap.instance) ?? []), range])
  }
  const shown = [...byInstance].map(([instance, ranges]) => `${instance}: ${ranges.join(', ')}`).join('; ')
  const more = gapCount - BigInt(first.length)
  return more > 0n ? `${shown} and ${countText(more)} more` : shown
}
