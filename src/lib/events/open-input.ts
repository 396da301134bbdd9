import {open} from 'node:fs/promises'
import {Readable, addAbortSignal} from 'node:stream'
import {createGunzip} from 'node:zlib'
import {OpError, messageOf, systemCodeOf} from '../core/errors'

const chunkSizeBytes = 256 * 1024

/**
 * Opens a file, or takes `stdin` where `file` is `-`; answers its text in chunks. gzip is told by its first bytes, not by
 * the name; a byte order mark is dropped. `signal` ends the reading, also while it waits for input. Throws `INPUT_NOT_READABLE` (usage) when the file cannot be opened.
 */
export async function openInput(
  file: string,
  stdin: Readable,
  signal?: AbortSignal,
): Promise<AsyncIterable<string>> {
  return textOf((await openBytes(file, stdin, signal)).bytes)
}

/** The bytes of an input as they come, and how many of how many there were; the whole is unknown of standard input. */
export interface OpenBytes {
  bytes: Readable
  readBytes: () => number
  sizeBytes?: number
}

/** Opens the bytes that `openInput` reads the text of; the same is thrown. */
export async function openBytes(file: string, stdin: Readable, signal?: AbortSignal): Promise<OpenBytes> {
  const opened = file === '-' ? {bytes: stdin, readBytes: () => 0} : await openFile(file)
  if (signal) addAbortSignal(signal, opened.bytes)
  return opened
}

async function openFile(file: string): Promise<OpenBytes> {
  try {
    const handle = await open(file)
    const stat = await handle.stat()
    if (!stat.isDirectory()) {
      const bytes = handle.createReadStream({highWaterMark: chunkSizeBytes})
      return {bytes, readBytes: () => bytes.bytesRead, ...(stat.isFile() && {sizeBytes: stat.size})}
    }
    await handle.close()
  } catch (error) {
    throw notReadable(file, reasonOf(error), error)
  }
  throw notReadable(file, 'it is a folder')
}

function notReadable(file: string, reason: string, cause?: unknown): OpError {
  return new OpError('usage', 'INPUT_NOT_READABLE', `${file} cannot be read: ${reason}.`, {
    hint: 'Name a file, or - for standard input.',
    cause,
  })
}

function reasonOf(error: unknown): string {
  const code = systemCodeOf(error)
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission denied'
  return messageOf(error)
}

/** The text of a stream of bytes: unpacked where it is gzip, decoded as UTF-8. */
export async function* textOf(bytes: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of unpacked(bytes)) {
    const text = decoder.decode(chunk, {stream: true})
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

async function* unpacked(bytes: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  const source = buffersOf(bytes)
  const head = await firstBytes(source)
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield head
    yield* source
    return
  }
  const gunzip = createGunzip({chunkSize: chunkSizeBytes})
  const packed = Readable.from(prefixed(head, source))
  packed.on('error', (error) => gunzip.destroy(error))
  yield* packed.pipe(gunzip) as AsyncIterable<Buffer>
}

/** At least two bytes, where there are as many: gzip begins with 1f 8b. */
async function firstBytes(source: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0)
  while (head.length < 2) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* prefixed(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head
  yield* rest
}

async function* buffersOf(bytes: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
