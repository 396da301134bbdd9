/** How much one PutEvents request may carry. */
export interface PackLimits {
  maxEntryCount: number
  /** Total size of the entries of a request, in bytes, as `entrySizeBytes` counts them. */
  maxBatchBytes: number
}

/** Limits of PutEvents: 10 entries (service model), 1 MiB in all (256 KiB until January 2026). */
export const putEventsLimits: PackLimits = {maxEntryCount: 10, maxBatchBytes: 1_048_576}

/** Fills requests in the order of arrival, by count and by bytes. An item beyond `maxBatchBytes` must not be added. */
export class Packer<T> {
  private batch: T[] = []
  private batchBytes = 0

  constructor(private readonly limits: PackLimits) {}

  /** Takes one item of `sizeBytes`; answers the batch that is complete by that, if one is. */
  add(item: T, sizeBytes: number): T[] | undefined {
    const full = this.batchBytes + sizeBytes > this.limits.maxBatchBytes ? this.flush() : undefined
    this.batch.push(item)
    this.batchBytes += sizeBytes
    if (full) return full
    return this.batch.length >= this.limits.maxEntryCount ? this.flush() : undefined
  }

  /** The batch as far as it is filled, or undefined when it is empty. The packer is empty afterwards. */
  flush(): T[] | undefined {
    if (this.batch.length === 0) return undefined
    const batch = this.batch
    this.batch = []
    this.batchBytes = 0
    return batch
  }
}
