import type {BlobStore, Bucket} from '../../blob-store'
import type {CallContext} from '../../platform'
import {ServiceError} from '../../service-error'
import {notImplemented} from './errors'

interface NamesBucket {
  Bucket?: string | undefined
  ExpectedBucketOwner?: string | undefined
}

/** The bucket that a call names. Throws `NoSuchBucket` (404) and, for another owner than expected, `AccessDenied` (403). */
export function bucketOf(blobs: BlobStore, input: NamesBucket, ctx: CallContext): Bucket {
  const bucket = blobs.requireBucket(isCallersName(input.Bucket) ? input.Bucket : '')
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== ctx.accountId) {
    throw new ServiceError('AccessDenied', 'Access Denied', 403)
  }
  return bucket
}

/** The bucket that a HEAD request names, or undefined. Throws `AccessDenied` (403). */
export function knownBucket(blobs: BlobStore, input: NamesBucket, ctx: CallContext): Bucket | undefined {
  return isCallersName(input.Bucket) && blobs.bucket(input.Bucket) ? bucketOf(blobs, input, ctx) : undefined
}

/** Names that begin with a dot belong to the service itself. */
function isCallersName(name: string | undefined): name is string {
  return name !== undefined && !name.startsWith('.')
}

/** Members that would change what is stored or answered and are not emulated, here or there. */
const refusedOfObjects = [
  ...[
    'GrantFullControl',
    'GrantRead',
    'GrantReadACP',
    'GrantWriteACP',
    'SSECustomerAlgorithm',
    'SSEKMSKeyId',
  ],
  ...[
    'ObjectLockMode',
    'ObjectLockRetainUntilDate',
    'ObjectLockLegalHoldStatus',
    'Tagging',
    'WebsiteRedirectLocation',
  ],
  ...[
    'WriteOffsetBytes',
    'TaggingDirective',
    'CopySourceSSECustomerAlgorithm',
    'BypassGovernanceRetention',
    'MFA',
  ],
]

/** Refuses what is not emulated of objects: access lists, keys of customers, locks, tags, versions. Throws `NotImplemented`. */
export function refuseUnsupported(input: object, also: readonly string[] = []): void {
  const given = input as Record<string, unknown>
  const found = [...refusedOfObjects, ...also].find((member) => given[member] !== undefined)
  if (found) throw notImplemented(`The parameter ${found}`)
  if (given['VersionId'] !== undefined && given['VersionId'] !== 'null')
    throw notImplemented('The parameter VersionId')
  if (!['private', 'bucket-owner-full-control', undefined].includes(given['ACL'] as string | undefined)) {
    throw notImplemented(`The ACL ${String(given['ACL'])}`)
  }
  if (!['AES256', undefined].includes(given['ServerSideEncryption'] as string | undefined)) {
    throw notImplemented(`The encryption ${String(given['ServerSideEncryption'])}`)
  }
}

/** Headers that are kept with an object as they came, under the SDK's names. */
const kept = ['CacheControl', 'ContentDisposition', 'ContentLanguage', 'StorageClass'] as const

export interface ObjectHeaders {
  ContentType?: string | undefined
  ContentEncoding?: string | undefined
  Metadata?: Record<string, string> | undefined
  CacheControl?: string | undefined
  ContentDisposition?: string | undefined
  ContentLanguage?: string | undefined
  StorageClass?: string | undefined
  Expires?: Date | undefined
}

/** What a call says about an object besides its content. `aws-chunked` is how the body travelled, not how it is encoded. */
export function headersOf(input: ObjectHeaders) {
  const encodings = (input.ContentEncoding ?? '').split(',').map((name) => name.trim())
  const contentEncoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',')
  const properties: Record<string, string> = {}
  for (const name of kept) {
    const value = input[name]
    if (value !== undefined) properties[name] = value
  }
  if (input.Expires) properties['Expires'] = input.Expires.toUTCString()
  return {
    contentType: input.ContentType,
    contentEncoding: contentEncoding === '' ? undefined : contentEncoding,
    metadata: input.Metadata,
    properties,
  }
}
