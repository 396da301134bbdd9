import {createHash} from 'node:crypto'

/** An input is told from others by the hash of so many of its first bytes. */
const headBytes = 16 * 1024

export interface Headed {
  /** SHA-256 of the first bytes, 16 digits of it, and how many they are. */
  hash: string
  hashedBytes: number
  /** All bytes, the first ones too. */
  bytes: AsyncIterable<Buffer | string>
}

/**
 * Reads the beginning of an input to tell it by, and gives the whole of it back. `atMost` is how many bytes an earlier run
 * had: of an input that was cut short, the whole begins the same.
 */
export async function headOf(input: AsyncIterable<Buffer | string>, atMost = headBytes): Promise<Headed> {
  const source = input[Symbol.asyncIterator]()
  const chunks: Buffer[] = []
  let readBytes = 0
  let failure: {error: unknown} | undefined
  while (readBytes < atMost && !failure) {
    const next = await source.next().catch((error: unknown) => (failure = {error}))
    if ('error' in next || next.done) break
    const chunk = Buffer.from(next.value)
    chunks.push(chunk)
    readBytes += chunk.length
  }
  const head = Buffer.concat(chunks).subarray(0, atMost)
  const hash = createHash('sha256').update(head).digest('hex').slice(0, 16)
  return {hash, hashedBytes: head.length, bytes: whole(chunks, source, failure)}
}

async function* whole(
  head: readonly Buffer[],
  rest: AsyncIterator<Buffer | string>,
  failure: {error: unknown} | undefined,
): AsyncGenerator<Buffer | string> {
  yield* head
  if (failure) throw failure.error
  yield* {[Symbol.asyncIterator]: () => rest}
}
