import {parseAddress} from '../values/ip-address'
import type {AddressRange} from '../pattern'

/** The longest row of zero groups, of two or more; the first of several. Where there is none, its length is 0. */
function zeros(groups: readonly string[]): {from: number; length: number} {
  let best = {from: 0, length: 0}
  for (let from = 0; from < groups.length; from++) {
    let length = 0
    while (groups[from + length] === '0') length++
    if (length > Math.max(1, best.length)) best = {from, length}
  }
  return best
}

function spellLong(digits: string): string {
  const groups = Array.from({length: 8}, (_, index) =>
    Number.parseInt(digits.slice(index * 4, index * 4 + 4), 16).toString(16),
  )
  const {from, length} = zeros(groups)
  if (length === 0) return groups.join(':')
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`
}

/** Spells 8 or 32 hexadecimal digits as an address: `10.0.0.1`, or `2001:db8::1` in the short form of RFC 5952. */
export function spellAddress(digits: string): string {
  if (digits.length !== 8) return spellLong(digits)
  return [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)).join('.')
}

/** Addresses of a range, the one nearest to the text seen first. */
export function nearestAddresses({low, high}: AddressRange, seen: string | undefined): string[] {
  const address = seen === undefined ? undefined : parseAddress(seen.trim())
  if (address?.length !== low.length) return [spellAddress(low), spellAddress(high)]
  if (address < low) return [spellAddress(low)]
  return address > high ? [spellAddress(high), spellAddress(low)] : [spellAddress(address)]
}
