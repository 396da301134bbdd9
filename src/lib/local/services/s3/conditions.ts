import type {Blob} from '../../blob-store'
import {ServiceError} from '../../service-error'
import {noSuchKey, notImplemented, preconditionFailed} from './errors'

export interface ReadConditions {
  IfMatch?: string | undefined
  IfNoneMatch?: string | undefined
  IfModifiedSince?: Date | undefined
  IfUnmodifiedSince?: Date | undefined
}

/** Checks the conditions of a read (RFC 9110: tags come before dates). Throws `PreconditionFailed` (412), `NotModified` (304). */
export function checkRead(blob: Blob, input: ReadConditions): void {
  if (input.IfMatch !== undefined) {
    if (!names(input.IfMatch, blob)) throw preconditionFailed()
  } else if (
    input.IfUnmodifiedSince &&
    seconds(blob.lastModifiedAt) > seconds(input.IfUnmodifiedSince.getTime())
  ) {
    throw preconditionFailed()
  }
  const unchanged =
    input.IfNoneMatch !== undefined
      ? names(input.IfNoneMatch, blob)
      : input.IfModifiedSince && seconds(blob.lastModifiedAt) <= seconds(input.IfModifiedSince.getTime())
  if (unchanged) throw new ServiceError('NotModified', 'Not Modified', 304)
}

/**
 * The conditions of a write, to be asked while no other write to the key can come between: `If-None-Match: *` (only a new
 * object) and `If-Match` (only over this one). Throws `PreconditionFailed` (412) and `NoSuchKey` (404); other tags are `NotImplemented`.
 */
export function writeCondition(
  input: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>,
): (current: Blob | undefined) => void {
  if (input.IfNoneMatch !== undefined && input.IfNoneMatch !== '*') {
    throw notImplemented('If-None-Match with a tag (only * on writes)')
  }
  return (current) => {
    if (input.IfNoneMatch === '*' && current) throw preconditionFailed()
    if (input.IfMatch === undefined) return
    if (!current) throw noSuchKey()
    if (!names(input.IfMatch, current)) throw preconditionFailed()
  }
}

function names(condition: string, blob: Blob): boolean {
  return condition.split(',').some((tag) => {
    const plain = tag
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1')
    return plain === '*' || plain === blob.etag
  })
}

/** HTTP dates know no fractions of a second. */
function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
