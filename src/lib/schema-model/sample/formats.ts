import type {Chance} from './chance'

/** Milliseconds since 1970 between which times lie: from, inclusive, to, exclusive. */
export interface TimeRange {
  from: number
  to: number
}

export const nouns: readonly string[] = [
  ...[
    'amber',
    'basil',
    'cedar',
    'delta',
    'ember',
    'fjord',
    'grove',
    'harbor',
    'island',
    'juniper',
    'kelp',
    'lagoon',
  ],
  ...[
    'maple',
    'nectar',
    'orchid',
    'pebble',
    'quartz',
    'river',
    'summit',
    'tundra',
    'umber',
    'valley',
    'willow',
    'zephyr',
  ],
]

const hex = (chance: Chance, length: number): string =>
  Array.from({length}, () => chance.below(16).toString(16)).join('')
const noun = (chance: Chance): string => chance.pick(nouns) ?? ''
const time = (chance: Chance, {from, to}: TimeRange): string =>
  new Date(from + Math.floor(chance.uniform() * Math.max(to - from, 1))).toISOString()
const uuid = (chance: Chance): string =>
  `${hex(chance, 8)}-${hex(chance, 4)}-4${hex(chance, 3)}-${'89ab'.charAt(chance.below(4))}${hex(chance, 3)}-${hex(chance, 12)}`
const host = (chance: Chance): string => `${noun(chance)}.example.com`
const url = (chance: Chance): string => `https://${host(chance)}/${noun(chance)}/${chance.between(1, 999)}`
const base64 = (chance: Chance): string => Buffer.from(`${noun(chance)} ${noun(chance)}`).toString('base64')

/** Invented texts by format. Hosts and addresses are those that RFC 2606, 5737 and 3849 keep for examples. */
const makers: Readonly<Record<string, (chance: Chance, range: TimeRange) => string>> = {
  'date-time': time,
  'iso-date-time': time,
  date: (chance, range) => time(chance, range).slice(0, 10),
  time: (chance, range) => time(chance, range).slice(11),
  'iso-time': (chance, range) => time(chance, range).slice(11),
  duration: (chance) => `PT${chance.between(1, 59)}M`,
  uuid,
  email: (chance) => `${noun(chance)}.${noun(chance)}@example.com`,
  'idn-email': (chance) => `${noun(chance)}@example.com`,
  hostname: host,
  'idn-hostname': host,
  ipv4: (chance) => `192.0.2.${chance.between(1, 254)}`,
  ipv6: (chance) => `2001:db8::${hex(chance, 3)}1`,
  uri: url,
  url,
  iri: url,
  'uri-reference': (chance) => `/${noun(chance)}/${chance.between(1, 999)}`,
  'iri-reference': (chance) => `/${noun(chance)}`,
  'uri-template': (chance) => `/${noun(chance)}/{id}`,
  'json-pointer': (chance) => `/${noun(chance)}`,
  'json-pointer-uri-fragment': (chance) => `#/${noun(chance)}`,
  'relative-json-pointer': (chance) => `${chance.below(3)}/${noun(chance)}`,
  regex: (chance) => `^${noun(chance)}$`,
  byte: base64,
}

/** A text of a format; undefined where the format is not one of texts, or is not known. */
export function sampleFormat(format: string, chance: Chance, range: TimeRange): string | undefined {
  return Object.hasOwn(makers, format) ? makers[format]?.(chance, range) : undefined
}

/** Sixteen digits of base 16, as identities look: among a hundred thousand none comes twice. */
export function sampleId(chance: Chance): string {
  return hex(chance, 16)
}
