import {createHash, randomUUID} from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import {mkdir, open, rename, rmdir, unlink, type FileHandle} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Readable} from 'node:stream'
import {systemCodeOf} from '../core/errors'
import {ServiceError} from './service-error'

/** Bytes from `from` (inclusive) to `to` (exclusive). */
export interface ByteRange {
  from: number
  to: number
}

export interface FileState {
  sizeBytes: number
  /** Milliseconds since 1970, as the file system has it (with fractions). */
  modifiedAt: number
}

export interface WrittenFile extends FileState {
  path: string
  /** Lower hex. */
  md5: string
}

/** Makes `folder` and in it the folder for files that are being written, empty: what lies there was never acknowledged. */
export function openIncoming(folder: string): string {
  const incoming = join(folder, '.incoming')
  rmSync(incoming, {recursive: true, force: true})
  mkdirSync(incoming, {recursive: true})
  return incoming
}

/** Writes a body to a new file in `incoming` and syncs it. A body that throws leaves no file. */
export async function writeIncoming(
  incoming: string,
  body: Buffer | AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const path = join(incoming, randomUUID())
  const file = await open(path, 'wx')
  try {
    const md5 = createHash('md5')
    for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
      md5.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
    const stat = await file.stat()
    await file.close()
    return {path, md5: md5.digest('hex'), sizeBytes: stat.size, modifiedAt: stat.mtimeMs}
  } catch (error) {
    await file.close().catch(() => undefined)
    await removeFile(path)
    throw error
  }
}

/** Syncs a file that another writer has closed, and reads it for its digest. */
export async function sealFile(path: string): Promise<WrittenFile> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
    const md5 = createHash('md5')
    for await (const chunk of file.createReadStream({autoClose: false, start: 0})) md5.update(chunk as Buffer)
    const stat = await file.stat()
    return {path, md5: md5.digest('hex'), sizeBytes: stat.size, modifiedAt: stat.mtimeMs}
  } finally {
    await file.close()
  }
}

/**
 * Renames a written file to the first of `places` (relative to `root`) that can hold it, syncs the folders down to it,
 * and returns that place. A place cannot hold a file where a folder has its name, or a file has the name of its folder.
 */
export async function moveIntoPlace(path: string, root: string, places: readonly string[]): Promise<string> {
  for (const [index, place] of places.entries()) {
    try {
      await renameInto(path, join(root, place))
      await syncFolders(dirname(join(root, place)), root)
      return place
    } catch (error) {
      const isTaken = ['ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY', 'EPERM'].includes(
        systemCodeOf(error) ?? '',
      )
      if (!isTaken || index === places.length - 1) throw error
    }
  }
  throw new ServiceError('InternalError', 'The object has no place to be written to.', 500)
}

/** The folder may be removed, as an empty one, by a delete between its making and the rename: then it is made again. */
async function renameInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(dirname(to), {recursive: true})
      await rename(from, to)
      return
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT' || attempt === 5) throw error
    }
  }
}

/** A name is durable when the folder that holds it is synced, and so on for each folder up to `root`. */
async function syncFolders(from: string, root: string): Promise<void> {
  for (let folder = from; folder.length >= root.length; folder = dirname(folder)) await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch (error) {
    // Windows cannot sync a folder, and ENOENT is a folder that a delete has taken away as empty.
    if (!['EPERM', 'EISDIR', 'EACCES', 'EINVAL', 'ENOENT'].includes(systemCodeOf(error) ?? '')) throw error
  } finally {
    await handle?.close()
  }
}

/** Removes a file if it is there, then the folders that this leaves empty, up to and without `stopAt`. */
export async function removeFile(path: string, stopAt?: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'ENOENT') throw error
  })
  if (stopAt === undefined) return
  for (let folder = dirname(path); folder.length > stopAt.length; folder = dirname(folder)) {
    const removed = await rmdir(folder).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}

/** The same at once, for what a crash or an undone change has left behind. */
export function removeFileSync(path: string, stopAt: string): void {
  if (!inspectFile(path)) return
  rmSync(path)
  for (let folder = dirname(path); folder.length > stopAt.length; folder = dirname(folder)) {
    if (readdirSync(folder).length > 0) return
    rmdirSync(folder)
  }
}

/** Size and moment of change of a file, or undefined where there is none. */
export function inspectFile(path: string): FileState | undefined {
  const stat = statSync(path, {throwIfNoEntry: false})
  return stat?.isFile() ? {sizeBytes: stat.size, modifiedAt: stat.mtimeMs} : undefined
}

/** Reads a whole file for its digest. */
export function digestFile(path: string): Omit<WrittenFile, 'path'> {
  const descriptor = openSync(path, 'r')
  try {
    const md5 = createHash('md5')
    const chunk = Buffer.allocUnsafe(1 << 20)
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      md5.update(chunk.subarray(0, read))
    }
    const stat = fstatSync(descriptor)
    return {md5: md5.digest('hex'), sizeBytes: stat.size, modifiedAt: stat.mtimeMs}
  } finally {
    closeSync(descriptor)
  }
}

/** A stream of the file's bytes in the range; the file is open when this returns. Throws `NoSuchKey` (404) when it is gone. */
export function readFileRange(path: string, range: ByteRange): Readable {
  if (range.to <= range.from) return Readable.from([])
  try {
    const descriptor = openSync(path, 'r')
    return createReadStream(path, {fd: descriptor, start: range.from, end: range.to - 1})
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404)
  }
}
