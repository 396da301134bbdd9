import {own} from '../../json-object'
import {comparing, type Aspect, type CompareAspect} from './aspect'
import type {Answer} from '../change'
import {countAspect} from './count'
import {formatAspect} from './format'

/** Formats that the validator checks in strings. Two different ones share no value of note, but for those below. */
const checked = new Set([
  ...[
    'date',
    'time',
    'date-time',
    'iso-time',
    'iso-date-time',
    'duration',
    'uri',
    'uri-reference',
    'uri-template',
  ],
  ...[
    'url',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
    'regex',
    'uuid',
    'json-pointer',
    'json-pointer-uri-fragment',
  ],
  ...['relative-json-pointer', 'byte'],
])

/** Formats of strings, each with others that all its texts keep. */
const wider: Readonly<Record<string, readonly string[]>> = {
  uri: ['uri-reference'],
}

/** Formats that only describe a string, or belong to numbers. */
const idle = new Set(['password', 'binary', 'int32', 'int64', 'float', 'double'])

function formatWithin(a: readonly string[], wanted: string): Answer {
  if (a.some((format) => format === wanted || wider[format]?.includes(wanted))) return 'yes'
  return checked.has(wanted) ? 'no' : 'unknown'
}

const pattern: Aspect<string[]> = {
  keyword: 'pattern',
  read: ({nodes}) => {
    const patterns = nodes.map((node) => own(node, 'pattern')).filter((text) => typeof text === 'string')
    return patterns.length > 0 ? [...new Set(patterns)].sort() : undefined
  },
  within: (a, b) => {
    if (b.every((wanted) => a?.includes(wanted))) return 'yes'
    // Whether one pattern matches all that another one does is not decided here.
    return a ? 'unknown' : 'no'
  },
  say: (patterns) => patterns.map((text) => `/${text}/`).join(' and '),
}

/** What can be asked of strings. */
export const stringAspects: readonly CompareAspect[] = [
  comparing(countAspect('minLength', 'least')),
  comparing(countAspect('maxLength', 'most')),
  comparing(pattern),
  comparing(formatAspect((name) => !idle.has(name), formatWithin)),
]
