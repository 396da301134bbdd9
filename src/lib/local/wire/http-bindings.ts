import type {NormalizedSchema} from '@smithy/core/schema'
import {header, type WireRequest} from './messages'
import {shapeReader} from './shape-reader'

/** What a REST input's members outside the body hold: labels of the path, query, headers, prefixed headers. */
export function readBoundMembers(
  request: WireRequest,
  input: NormalizedSchema,
  labels: Record<string, string>,
): Record<string, unknown> {
  const into: Record<string, unknown> = {}
  for (const [name, member] of input.structIterator()) {
    const traits = member.getMergedTraits()
    let raw: unknown
    if (traits.httpLabel) raw = labels[name]
    else if (traits.httpQuery) raw = fromQuery(request, traits.httpQuery, member)
    else if (traits.httpHeader) raw = fromHeader(header(request, traits.httpHeader.toLowerCase()), member)
    else if (traits.httpPrefixHeaders !== undefined) raw = prefixed(request, traits.httpPrefixHeaders)
    if (raw !== undefined) into[name] = shapeReader(member, 'text')(raw, name)
  }
  return into
}

function fromQuery(request: WireRequest, key: string, member: NormalizedSchema): unknown {
  if (!request.query.has(key)) return undefined
  return member.isListSchema() ? request.query.getAll(key) : (request.query.get(key) ?? undefined)
}

function fromHeader(value: string | undefined, member: NormalizedSchema): unknown {
  if (value === undefined || !member.isListSchema()) return value
  return value.split(',').map((item) => item.trim())
}

function prefixed(request: WireRequest, prefix: string): Record<string, string> | undefined {
  const start = prefix.toLowerCase()
  const found = Object.entries(request.headers).filter(([key]) => key.startsWith(start))
  if (found.length === 0) return undefined
  return Object.fromEntries(found.map(([key, value]) => [key.slice(start.length), String(value)]))
}

/** Headers, status and payload that an output's members are bound to, and whether anything is left for the body. */
export function writeBoundMembers(output: Record<string, unknown>, schema: NormalizedSchema) {
  const headers: Record<string, string> = {}
  let payload: {member: NormalizedSchema; value: unknown} | undefined
  let status: number | undefined
  let bodyMembers = 0
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    const value = output[name]
    if (traits.httpPayload) payload = {member, value}
    else if (traits.httpResponseCode) status = value as number | undefined
    else if (traits.httpHeader) {
      if (value !== undefined) headers[traits.httpHeader.toLowerCase()] = headerText(value, member)
    } else if (traits.httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries((value ?? {}) as Record<string, string>)) {
        headers[traits.httpPrefixHeaders + key] = text
      }
    } else bodyMembers += 1
  }
  return {headers, payload, status, bodyMembers}
}

function headerText(value: unknown, member: NormalizedSchema): string {
  if (value instanceof Date) {
    return member.getSchema() === 5 ? value.toISOString() : value.toUTCString()
  }
  return Array.isArray(value) ? value.join(',') : String(value)
}
