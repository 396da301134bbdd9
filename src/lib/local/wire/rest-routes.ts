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

/**
 * How many fixed query names and required query or header members of the operation the request has. Undefined where it is another
 * operation's: a fixed name is missing, or, for operations that have none, a required member. (`?attributes` without its header is
 * still GetObjectAttributes, which then refuses it; it is no GetObject.)
 */
function scoreOf(shape: OperationShape, request: WireRequest): number | undefined {
  const fixed = [...(shape.http?.query ?? [])]
  const hasFixed = fixed.every(([key, value]) => {
    const given = request.query.get(key)
    return given !== null && (value === '' || given === value)
  })
  if (!hasFixed) return undefined
  const bound = requiredBindings(shape)
  const present = bound.filter((isPresent) => isPresent(request)).length
  if (fixed.length === 0 && present < bound.length) return undefined
  return fixed.length + present
}

/** For each required member that is bound to query or header: whether a request has it. */
function requiredBindings(shape: OperationShape): ((request: WireRequest) => boolean)[] {
  if (!shape.input.isStructSchema()) return []
  const required = requiredMembers(shape.input)
  return [...shape.input.structIterator()].flatMap(([name, member]) => {
    const {httpQuery, httpHeader} = member.getMergedTraits()
    if (!required.has(name)) return []
    if (httpQuery) return [(request: WireRequest) => request.query.has(httpQuery)]
    if (httpHeader) return [(request: WireRequest) => request.headers[httpHeader.toLowerCase()] !== undefined]
    return []
  })
}
