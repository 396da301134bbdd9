import {OpError} from '../../core/errors'
import type {Check} from '../check'
import {broken, ok} from '../finding'

/** The bucket of the lake: there, in this region, and the account's own. */
export const bucket: Check = {
  hop: 'bucket',
  after: ['credentials'],
  permissions: ['s3:ListBucket', 's3:GetBucketPublicAccessBlock'],
  run: async ({reads, road, commands}) => {
    const {name} = road.bucket
    try {
      if (await reads.bucket()) return ok(`Bucket ${name} is there.`)
    } catch (error) {
      if (error instanceof OpError && /^BUCKET_/.test(error.code)) return broken(error.message, error.hint)
      throw error
    }
    return broken(`There is no bucket ${name}: Firehose gives up after 24 hours.`, commands.bind())
  },
}
