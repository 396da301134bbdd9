import type {Platform, Service} from '../../platform'
import {
  deleteBucketTagging,
  getBucketEncryption,
  getBucketTagging,
  getBucketVersioning,
  putBucketEncryption,
  putBucketTagging,
  putBucketVersioning,
} from './bucket-configuration'
import {
  deleteBucketPolicy,
  deletePublicAccessBlock,
  getBucketPolicy,
  getPublicAccessBlock,
  putBucketPolicy,
  putPublicAccessBlock,
} from './bucket-policy'
import {BucketSettings} from './bucket-settings'
import {createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets} from './buckets'
import {deleteObject, deleteObjects} from './delete-objects'
import {getObject, headObject} from './get-object'
import {listObjects, listObjectsV2} from './list-objects'
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart'
import {copyObject, putObject} from './put-object'
import {Uploads} from './uploads'

/** Amazon S3: buckets and objects. Versions, tags of objects, access lists, KMS and lifecycle rules are not there. */
export function create({blobs, store}: Platform): Service {
  const settings = new BucketSettings(store)
  const uploads = new Uploads(store, blobs)
  return {
    operations: {
      CreateBucket: createBucket(blobs),
      HeadBucket: headBucket(blobs),
      DeleteBucket: deleteBucket(blobs, settings),
      ListBuckets: listBuckets(blobs),
      GetBucketLocation: getBucketLocation(blobs),
      PutObject: putObject(blobs),
      CopyObject: copyObject(blobs),
      GetObject: getObject(blobs),
      HeadObject: headObject(blobs),
      DeleteObject: deleteObject(blobs),
      DeleteObjects: deleteObjects(blobs),
      ListObjectsV2: listObjectsV2(blobs),
      ListObjects: listObjects(blobs),
      CreateMultipartUpload: createMultipartUpload(blobs, uploads),
      UploadPart: uploadPart(blobs, uploads),
      CompleteMultipartUpload: completeMultipartUpload(blobs, uploads),
      AbortMultipartUpload: abortMultipartUpload(blobs, uploads),
      ListParts: listParts(blobs, uploads),
      ListMultipartUploads: listMultipartUploads(blobs, uploads),
      PutBucketTagging: putBucketTagging(blobs),
      GetBucketTagging: getBucketTagging(blobs),
      DeleteBucketTagging: deleteBucketTagging(blobs),
      PutBucketPolicy: putBucketPolicy(blobs, settings),
      GetBucketPolicy: getBucketPolicy(blobs, settings),
      DeleteBucketPolicy: deleteBucketPolicy(blobs, settings),
      PutPublicAccessBlock: putPublicAccessBlock(blobs, settings),
      GetPublicAccessBlock: getPublicAccessBlock(blobs, settings),
      DeletePublicAccessBlock: deletePublicAccessBlock(blobs, settings),
      PutBucketEncryption: putBucketEncryption(blobs, settings),
      GetBucketEncryption: getBucketEncryption(blobs, settings),
      PutBucketVersioning: putBucketVersioning(blobs),
      GetBucketVersioning: getBucketVersioning(blobs),
    },
  }
}
