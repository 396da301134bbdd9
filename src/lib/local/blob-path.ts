import {createHash} from 'node:crypto'
import {existsSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** The folder in a bucket's folder for objects whose key cannot be the name of a file. */
const escapedFolder = '.keys'

/** No quotes, wildcards, separators of other systems or control characters: names that file systems and SQL engines take as they are. */
const plainSegment = /^[\p{L}\p{N}_ !&(),;=@#%+~.-]+$/u
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** File names hold 255 bytes on every common file system; what is left is for the tools that add to a name. */
const maxSegmentBytes = 200
const maxPlainBytes = 600

/**
 * Where an object's file may lie, relative to the store's folder, the best place first: under its own name where the key
 * is plain, else (and where that place is taken by a folder) under the key's hash, with the key's extensions.
 * Two keys never share a place, and no place lies outside the bucket's folder.
 */
export function placements(bucket: string, key: string, foldsCase: boolean): string[] {
  const escaped = join(
    bucket,
    escapedFolder,
    createHash('sha256').update(key).digest('hex') + extensionsOf(key),
  )
  return isPlainKey(key, foldsCase) ? [join(bucket, ...key.split('/')), escaped] : [escaped]
}

/**
 * True when the key can be a path as it stands. Where the file system takes two spellings for one name (`foldsCase`)
 * capitals and letters beyond ASCII are not plain, so that objects cannot overwrite each other.
 */
export function isPlainKey(key: string, foldsCase: boolean): boolean {
  if (Buffer.byteLength(key) > maxPlainBytes) return false
  if (foldsCase && /[^\u0020-\u0040\u005b-\u007e]/.test(key)) return false
  return key.split('/').every((segment) => isPlainSegment(segment))
}

function isPlainSegment(segment: string): boolean {
  return (
    plainSegment.test(segment) &&
    !segment.startsWith('.') &&
    !/[ .]$/.test(segment) &&
    !deviceName.test(segment) &&
    Buffer.byteLength(segment) <= maxSegmentBytes
  )
}

/** `.json.gz` of `a/b.json.gz`: readers tell format and compression by it. */
function extensionsOf(key: string): string {
  return /(\.[a-z0-9]{1,8}){1,2}$/i.exec(key)?.[0].toLowerCase() ?? ''
}

/** True when the file system of `folder` takes `A` and `a` for the same name (macOS and Windows by default). */
export function foldsCase(folder: string): boolean {
  const probe = join(folder, 'probe-case')
  writeFileSync(probe, '')
  const folds = existsSync(join(folder, 'PROBE-CASE'))
  rmSync(probe, {force: true})
  return folds
}
