/**
 * A running CRC of the reflected kind, with all bits set before and flipped after. 64 bits are held as two halves, for
 * JavaScript's numbers have 32 bits where they are bits.
 */
export interface Crc {
  update(bytes: Uint8Array): void
  /** Big endian. */
  digest(): Buffer
}

/** CRC-32C (Castagnoli), `x-amz-checksum-crc32c`. */
export function crc32c(): Crc {
  return new ReflectedCrc(0, 0x82f63b78, 4)
}

/** CRC-64/NVME, `x-amz-checksum-crc64nvme`: what the AWS CLI 2 sends. */
export function crc64nvme(): Crc {
  return new ReflectedCrc(0x9a6c9329, 0xac4bc9b5, 8)
}

const tables = new Map<number, {high: Uint32Array; low: Uint32Array}>()

class ReflectedCrc implements Crc {
  private high: number
  private low = 0xffffffff
  private readonly table: {high: Uint32Array; low: Uint32Array}

  constructor(
    polynomialHigh: number,
    polynomialLow: number,
    private readonly width: 4 | 8,
  ) {
    this.high = width === 8 ? 0xffffffff : 0
    let table = tables.get(polynomialLow)
    if (!table) tables.set(polynomialLow, (table = makeTable(polynomialHigh, polynomialLow)))
    this.table = table
  }

  update(bytes: Uint8Array): void {
    const {high: tableHigh, low: tableLow} = this.table
    let {high, low} = this
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff
      low = ((low >>> 8) | (high << 24)) ^ (tableLow[index] ?? 0)
      high = (high >>> 8) ^ (tableHigh[index] ?? 0)
    }
    this.high = high
    this.low = low
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32BE(~this.high >>> 0, 0)
    bytes.writeUInt32BE(~this.low >>> 0, 4)
    return bytes.subarray(8 - this.width)
  }
}

function makeTable(polynomialHigh: number, polynomialLow: number): {high: Uint32Array; low: Uint32Array} {
  const table = {high: new Uint32Array(256), low: new Uint32Array(256)}
  for (let n = 0; n < 256; n += 1) {
    let high = 0
    let low = n
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = (low & 1) === 1
      low = ((low >>> 1) | (high << 31)) ^ (isOdd ? polynomialLow : 0)
      high = (high >>> 1) ^ (isOdd ? polynomialHigh : 0)
    }
    table.high[n] = high
    table.low[n] = low
  }
  return table
}
