import {createHash} from 'node:crypto'
import {crc32} from 'node:zlib'
import {ServiceError} from '../../service-error'
import {crc32c, crc64nvme, type Crc} from './crc'
import {invalidArgument} from './errors'

/** The checksums that a client may send with content; all in base64. */
export interface SentChecksums {
  ContentMD5?: string | undefined
  ChecksumCRC32?: string | undefined
  ChecksumCRC32C?: string | undefined
  ChecksumCRC64NVME?: string | undefined
  ChecksumSHA1?: string | undefined
  ChecksumSHA256?: string | undefined
}

const digests: Readonly<Record<keyof SentChecksums, () => Crc>> = {
  ContentMD5: () => hash('md5'),
  ChecksumCRC32: () => crc32Of(),
  ChecksumCRC32C: crc32c,
  ChecksumCRC64NVME: crc64nvme,
  ChecksumSHA1: () => hash('sha1'),
  ChecksumSHA256: () => hash('sha256'),
}

const names = Object.keys(digests) as (keyof SentChecksums)[]

/** The checksums of `x-amz-checksum-*` that came with an object and are answered with it. */
export function keptChecksums(sent: SentChecksums): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of names) {
    const value = sent[name]
    if (name !== 'ContentMD5' && value !== undefined) kept[name] = value
  }
  return kept
}

/**
 * The body, piece by piece; throws after its last piece where it does not have the checksums that were sent: then nothing is
 * stored. Throws `BadDigest` and `InvalidDigest` (400).
 */
export async function* checked(
  body: Buffer | AsyncIterable<Uint8Array>,
  sent: SentChecksums,
): AsyncGenerator<Uint8Array> {
  const trailing = trailersOf(body)
  const running = names.flatMap((name) => {
    const announced = trailing?.announced.includes(trailerName(name)) ?? false
    return sent[name] === undefined && !announced ? [] : [{name, digest: digests[name]()}]
  })
  for await (const piece of Buffer.isBuffer(body) ? [body] : body) {
    for (const {digest} of running) digest.update(piece)
    yield piece
  }
  for (const {name, digest} of running) {
    const wanted = sent[name] ?? trailing?.trailers.get(trailerName(name))
    if (wanted === undefined)
      throw new ServiceError('MalformedTrailerError', `The trailer ${trailerName(name)} is missing.`)
    compare(name, wanted, digest.digest())
  }
}

/** Streamed bodies bring their checksum behind them (`x-amz-trailer` says which); the wire hands it over with the body. */
interface Trailed {
  announced: readonly string[]
  trailers: ReadonlyMap<string, string>
}

function trailersOf(body: object): Trailed | undefined {
  return 'trailers' in body && 'announced' in body ? (body as Trailed) : undefined
}

function trailerName(name: keyof SentChecksums): string {
  return name === 'ContentMD5'
    ? 'content-md5'
    : `x-amz-checksum-${name.slice('Checksum'.length).toLowerCase()}`
}

function compare(name: keyof SentChecksums, wanted: string, actual: Buffer): void {
  if (Buffer.from(wanted, 'base64').length !== actual.length) {
    throw name === 'ContentMD5'
      ? new ServiceError('InvalidDigest', 'The Content-MD5 you specified was invalid.')
      : invalidArgument(`Value for x-amz-checksum-${name.slice(8).toLowerCase()} header is invalid.`)
  }
  if (actual.toString('base64') === wanted) return
  throw new ServiceError(
    'BadDigest',
    name === 'ContentMD5'
      ? 'The Content-MD5 you specified did not match what we received.'
      : `The ${name.slice(8)} you specified did not match the calculated checksum.`,
  )
}

function hash(algorithm: string): Crc {
  const running = createHash(algorithm)
  return {update: (bytes) => void running.update(bytes), digest: () => running.digest()}
}

function crc32Of(): Crc {
  let value = 0
  return {
    update(bytes) {
      value = crc32(bytes, value)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    },
  }
}
