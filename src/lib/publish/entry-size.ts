import type {PutEntry} from './put-entry'

/** Bytes that the service counts for a `Time`. */
const timeSizeBytes = 14

/**
 * The size of an entry in bytes, as EventBridge counts it (user guide, "Calculating PutEvents event entry size"): 14 for a
 * `Time`, and the UTF-8 bytes of `Source`, `DetailType`, `Detail` and every one of `Resources`. Bus name and trace header
 * do not count.
 */
export function entrySizeBytes(entry: PutEntry): number {
  let sizeBytes = entry.Time === undefined ? 0 : timeSizeBytes
  sizeBytes +=
    Buffer.byteLength(entry.Source) + Buffer.byteLength(entry.DetailType) + Buffer.byteLength(entry.Detail)
  if (entry.Resources) for (const resource of entry.Resources) sizeBytes += Buffer.byteLength(resource)
  return sizeBytes
}
