import {isIPv4, isIPv6} from 'node:net'
import {isDate, isDateTime} from './date-time'

/** The formats of JSON Schema that a text is recognised by; `plain` is any other text. */
export type TextFormat = 'plain' | 'date-time' | 'date' | 'uuid' | 'ipv4' | 'ipv6' | 'email' | 'uri'

/** The forms are strict, and stricter than what validators take: a text that only looks a little like one is plain. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const email = /^[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i
/** With an authority (RFC 3986): `mailto:` and `urn:` are left out, and with them texts such as `error:timeout`. */
const uri =
  /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._~-]+(?::\d{1,5})?(?:[/?](?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?$/i

const isOf: Readonly<Record<Exclude<TextFormat, 'plain'>, (text: string) => boolean>> = {
  'date-time': isDateTime,
  date: isDate,
  uuid: (text) => text.length === 36 && uuid.test(text),
  ipv4: (text) => text.length <= 15 && isIPv4(text),
  // A zone (`fe80::1%eth0`) belongs to a machine, and validators refuse it.
  ipv6: (text) => text.length <= 45 && text.includes(':') && isIPv6(text) && !text.includes('%'),
  email: (text) => text.length <= 254 && text.includes('@') && email.test(text),
  uri: (text) => text.length <= 2048 && text.includes('://') && uri.test(text),
}
const formats = Object.keys(isOf) as (keyof typeof isOf)[]

/** The one format that a text has; the formats exclude each other. */
export function formatOf(text: string): TextFormat {
  return formats.find((format) => isOf[format](text)) ?? 'plain'
}

/** Whether a text has the format. Every text is plain. */
export function hasFormat(text: string, format: TextFormat): boolean {
  return format === 'plain' || isOf[format](text)
}

/** The format of texts that have these two; `undefined` stands for no text. IPv4 and IPv6 have none in common: JSON Schema knows no address of either kind. */
export function commonFormat(a: TextFormat | undefined, b: TextFormat | undefined): TextFormat | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a === b ? a : 'plain'
}

/** A `format` of a schema, where it is one of these. */
export function toTextFormat(name: unknown): TextFormat {
  return formats.find((format) => format === name) ?? 'plain'
}
