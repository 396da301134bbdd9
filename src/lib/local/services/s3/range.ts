import type {ByteRange} from '../../blob-file'
import {ServiceError} from '../../service-error'

/**
 * The part of an object that a `Range` header names: `bytes=0-9`, `bytes=5-`, `bytes=-3`. Undefined where there is no header,
 * or one that names several parts or nothing, which S3 answers with the whole. Throws `InvalidRange` (416).
 */
export function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const to = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes)
  if (from < to) return {from, to}
  throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416, {
    RangeRequested: header,
    ActualObjectSize: sizeBytes,
  })
}
