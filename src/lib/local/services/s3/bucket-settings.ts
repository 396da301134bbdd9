import type {PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration} from '@aws-sdk/client-s3'
import type {Collection, Store} from '../../store'

export interface Settings {
  /** JSON text. */
  policy?: string | undefined
  /** Null after it was deleted; absent it is what every new bucket has. */
  publicAccessBlock?: PublicAccessBlockConfiguration | null
  encryption?: ServerSideEncryptionConfiguration | undefined
}

/** What is set for buckets besides their tags: kept and answered, and of no effect here. */
export class BucketSettings {
  private readonly rows: Collection<Settings>

  constructor(private readonly store: Store) {
    this.rows = store.collection('s3/bucket-settings')
  }

  of(bucket: string): Settings {
    return this.rows.get(bucket) ?? {}
  }

  change(bucket: string, changed: Settings): void {
    this.store.write(() => this.rows.put(bucket, {...this.of(bucket), ...changed}))
  }

  forget(bucket: string): void {
    this.store.write(() => this.rows.delete(bucket))
  }
}
