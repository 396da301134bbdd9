import type {WireRequest} from './messages'
import type {OperationShape, ServiceSchemas} from './service-schemas'
import {requiredMembers} from './shape-reader'

/** A REST request's place: its path in decoded segments. S3 keeps the key's own slashes, so the path itself stays too. */
export interface RestTarget {
  path: string
  /** The bucket, where the service puts one in front of the path or in the host name (S3). */
  bucket: string | undefined
}

export interface RestMatch {
  shape: OperationShape
  labels: Record<string, string>
}

/**
 * Finds the operation whose method, path, fixed query and required bindings a request fulfils. Several may: `PUT /key`
 * is PutObject, CopyObject (with its header) and UploadPart (with its query). The one that asks for most of what is there wins.
 */
export function matchRest(
  request: WireRequest,
  target: RestTarget,
  schemas: ServiceSchemas,
): RestMatch | undefined {
  let best: {match: RestMatch; score: number} | undefined
  for (const shape of schemas.all()) {
    if (!shape.http || shape.http.method !== request.method) continue
    const labels = matchPath(shape.http.path, target.path)
    if (!labels || !bucketFits(shape, target)) continue
    const score = scoreOf(shape, request)
    if (score !== undefined && (!best || score > best.score)) best = {match: {shape, labels}, score}
  }
  return best?.match
}

/** The labels of a path that fits the template, decoded once; undefined where it does not fit. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/').slice(1)
  const given = path.split('/').slice(1)
  const labels: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const value = given[i]
    if (part.startsWith('{') && part.endsWith('+}')) {
      const rest = given.slice(i).join('/')
      if (rest === '') return undefined
      labels[part.slice(1, -2)] = decode(rest)
      return labels
    }
    if (value === undefined) return undefined
    if (part.startsWith('{')) {
      if (value === '') return undefined
      labels[part.slice(1, -1)] = decode(value)
    } else if (part !== value) return undefined
  }
  return given.length === wanted.length ? labels : undefined
}

/** Percent-decoded once; text that is not well encoded stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function bucketFits(shape: OperationShape, target: RestTarget): boolean {
  const takesBucket = shape.input.isStructSchema() && requiredMembers(shape.input).has('Bucket')
  return takesBucket === (target.bucket !== undefined)
}

/** How many fixed query names and required query or header members of the operation the request has; undefined if one is missing. */
function scoreOf(shape: OperationShape, request: WireRequest): number | undefined {
  let score = 0
  for (const [key, value] of shape.http?.query ?? []) {
    const given = request.query.get(key)
    if (given === null || (value !== '' && given !== value)) return undefined
    score += 1
  }
  if (!shape.input.isStructSchema()) return score
  const required = requiredMembers(shape.input)
  for (const [name, member] of shape.input.structIterator()) {
    if (!required.has(name)) continue
    const traits = member.getMergedTraits()
    if (traits.httpQuery) {
      if (!request.query.has(traits.httpQuery)) return undefined
      score += 1
    }
    if (traits.httpHeader) {
      if (request.headers[traits.httpHeader.toLowerCase()] === undefined) return undefined
      score += 1
    }
  }
  return score
}
