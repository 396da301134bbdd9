import {scalar, text} from './json'
import type {Json} from './json'
import type {Random} from './random'

const v4Bits = 32
const v6Bits = 128

function zeros(random: Random): string {
  return random.chance(0.1) ? random.pick(['0', '00']) : ''
}

function spellV4(random: Random, address: bigint): string {
  const parts = [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn))
  return parts.map((part) => zeros(random) + part).join('.')
}

function spellV6(random: Random, address: bigint): string {
  const groups = Array.from({length: 8}, (_, at) => (address >> BigInt(16 * (7 - at))) & 0xffffn)
  const full = groups.map((group) => zeros(random) + group.toString(16))
  const isUpper = random.chance(0.2)
  const spelled = random.chance(0.7) ? shortened(full) : full.join(':')
  return isUpper ? spelled.toUpperCase() : spelled
}

/** With `::` for the first row of zeros, if there is one. */
function shortened(groups: readonly string[]): string {
  const from = groups.findIndex((group) => /^0+$/.test(group))
  if (from < 0) return groups.join(':')
  let to = from
  while (/^0+$/.test(groups[to] ?? '')) to++
  return `${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`
}

/** An address as text: usual or with zeros, in upper case, short or in full; an IPv4 one sometimes as the IPv6 that maps it. */
export function spellAddress(random: Random, address: bigint, bits: number): string {
  if (bits === v6Bits) return spellV6(random, address)
  return random.chance(0.05) ? spellV6(random, (0xffffn << 32n) | address) : spellV4(random, address)
}

/** Some address; one of IPv6 has zeros in its middle more often than not. */
export function anyAddress(random: Random, bits: number): bigint {
  if (bits === v4Bits) return random.bits(bits)
  const head = random.pick([0x2001_0db8n, 0xfe80_0000n, random.bits(32)]) << 96n
  return head | random.pick([random.bits(96), random.bits(16), random.bits(32) << 32n, 0n])
}

function clamp(address: bigint, bits: number): bigint {
  return address & ((1n << BigInt(bits)) - 1n)
}

/** An address inside of `low` to `high`, often at an end. */
export function insideRange(random: Random, low: bigint, high: bigint): bigint {
  return random.pick([low, high, low + (random.bits(128) % (high - low + 1n))])
}

/** An address just outside, or of the other family, or something that is no address. */
export function nearRange(random: Random, low: bigint, high: bigint, bits: number): Json {
  const outside = clamp(
    random.pick([low - 1n, high + 1n, low ^ (1n << BigInt(random.between(0, bits - 1)))]),
    bits,
  )
  const spelled = spellAddress(random, outside, bits)
  const other = bits === v4Bits ? v6Bits : v4Bits
  return random.pick([
    text(spelled),
    text(spelled),
    text(spelled),
    text(spellAddress(random, anyAddress(random, other), other)),
    text(random.pick([`${spelled}/1`, ` ${spelled}`, spelled.slice(1), spelled.slice(0, -1), `${spelled}.`])),
    text(
      random.pick(['', '::', '1::2::3', '256.0.0.1', '1.2.3', '::ffff:10.0.0.1', ':1', '1:', 'fe80::1%eth0']),
    ),
    scalar(String(random.between(0, 99_999_999))),
    scalar('null'),
  ])
}

/** An address range as a pattern writes it; the base need not be its first address. */
export function anyRange(random: Random, bits: number): {cidr: string; low: bigint; high: bigint} {
  const maskBits = random.chance(0.3)
    ? random.pick([0, 1, bits - 1])
    : random.pick([random.between(0, bits - 1), 8, 16, 24])
  const address = anyAddress(random, bits)
  const size = 1n << BigInt(bits - maskBits)
  const low = address - (address % size)
  return {cidr: `${spellAddress(random, address, bits)}/${maskBits}`, low, high: low + size - 1n}
}
