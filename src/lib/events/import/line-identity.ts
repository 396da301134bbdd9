import {createHash} from 'node:crypto'

const initialSlots = 1 << 12

/**
 * Gives every line of a log an identity that is the same whenever the log is read again, whatever the file is called, and
 * different for equal lines at different places: the line's hash, and how many equal ones came before. The hashes seen are
 * kept in a table of 12 bytes a slot, so that logs of many million lines fit. Two different lines whose kept 64 bits are
 * equal would only make the second count as a repetition; their identities still differ.
 */
export class LineIdentity {
  private keys = new BigUint64Array(initialSlots)
  private counts = new Uint32Array(initialSlots)
  private used = 0

  /** Identity of the next line, in the order of the file. */
  next(line: string): string {
    const digest = createHash('sha256').update(line).digest()
    const ordinal = this.countUp(digest.readBigUInt64LE(0))
    const hash = digest.toString('hex', 0, 16)
    return ordinal === 0 ? hash : `${hash}-${ordinal}`
  }

  /** How often the key was counted before. */
  private countUp(key: bigint): number {
    if (this.used * 2 >= this.keys.length) this.grow()
    const slot = this.slotOf(key)
    const before = this.counts[slot] ?? 0
    if (before === 0) this.used += 1
    this.keys[slot] = key
    this.counts[slot] = before + 1
    return before
  }

  /** The slot that has the key, or the free one where it belongs. */
  private slotOf(key: bigint): number {
    const mask = this.keys.length - 1
    let slot = Number(key & 0xffffffffn) & mask
    while (this.counts[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const {keys, counts} = this
    this.keys = new BigUint64Array(keys.length * 2)
    this.counts = new Uint32Array(keys.length * 2)
    for (const [i, count] of counts.entries()) {
      if (count === 0) continue
      const key = keys[i] ?? 0n
      const slot = this.slotOf(key)
      this.keys[slot] = key
      this.counts[slot] = count
    }
  }
}
