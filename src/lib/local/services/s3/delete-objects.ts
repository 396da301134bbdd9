import type {
  DeletedObject,
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
} from '@aws-sdk/client-s3'
import type {BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {writeCondition} from './conditions'
import {bucketOf, refuseUnsupported} from './input'

/** Removes an object; no error where there is none. Throws `NoSuchBucket`, and with `If-Match` `PreconditionFailed`, `NoSuchKey`. */
export function deleteObject(
  blobs: BlobStore,
): Operation<DeleteObjectCommandInput, DeleteObjectCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input, ['IfMatchLastModifiedTime', 'IfMatchSize'])
    const bucket = bucketOf(blobs, input, ctx)
    await blobs.delete(bucket.name, input.Key ?? '', writeCondition({IfMatch: input.IfMatch}))
    return {}
  }
}

/** Removes up to 1000 objects. Throws `NoSuchBucket` and `MalformedXML`. */
export function deleteObjects(
  blobs: BlobStore,
): Operation<DeleteObjectsCommandInput, DeleteObjectsCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input)
    const bucket = bucketOf(blobs, input, ctx)
    const objects = input.Delete?.Objects ?? []
    if (objects.length === 0 || objects.length > 1000) {
      throw new ServiceError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      )
    }
    const deleted: DeletedObject[] = []
    for (const object of objects) {
      refuseUnsupported(object, ['ETag', 'LastModifiedTime', 'Size'])
      await blobs.delete(bucket.name, object.Key ?? '')
      deleted.push({Key: object.Key})
    }
    return input.Delete?.Quiet ? {} : {Deleted: deleted}
  }
}
