import {write} from './json'
import type {Random} from './random'
import {draft, samplers} from './samples'
import {word} from './scalars'

const token = /"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g

/** What comes into a pattern in place of something else: operators, operands of every kind, punctuation. */
const pieces: readonly string[] = [
  ...[
    'prefix',
    'suffix',
    'equals-ignore-case',
    'wildcard',
    'exactly',
    'anything-but',
    'numeric',
    'cidr',
    'exists',
  ],
  ...['$or', 'regex', 'Prefix', '=', '<', '<=', '>', '>=', '!=', '', 'a', '*', 'a**b', '\\', 'a\\b', '大*\\'],
  ...[
    '10.0.0.0/8',
    '10.0.0.0/32',
    '10.0.0.0/-1',
    '10.0.0.0/x',
    '10.0.0.0',
    '/8',
    '300.0.0.0/8',
    '::1/128',
    'x/8',
  ],
]
  .map((text) => JSON.stringify(text))
  .concat(['0', '1', '5.5', '-1', '1e400', '123456789012345678901', 'true', 'false', 'null'])
  .concat([
    '{}',
    '[]',
    '[1]',
    '["a"]',
    '[1,"a"]',
    '[null]',
    '{"a":[1]}',
    '{"prefix":"a"}',
    '[{"exists":true}]',
  ])
  .concat(['{', '}', '[', ']', ',', ':'])

/** Characters that are valid nowhere, or only in places. */
const characters: readonly string[] = Array.from('{}[]",:\\/+-.eE019atfn \n\t\u0000\u001fé大😀')

function changeTokens(text: string, random: Random): string {
  const found = [...text.matchAll(token)]
  if (found.length === 0) return text
  const {0: old = '', index = 0} = random.pick(found)
  const put = random.pick(['', old + old, random.pick(pieces), random.pick(pieces), random.pick(pieces)])
  return text.slice(0, index) + put + text.slice(index + old.length)
}

function changeCharacters(text: string, random: Random): string {
  const all = Array.from(text)
  const at = random.between(0, all.length)
  if (random.chance(0.1)) return all.slice(0, at).join('')
  all.splice(at, random.pick([0, 0, 1, 1, 2]), random.chance(0.7) ? random.pick(characters) : '')
  return all.join('')
}

/** The text of a pattern with something changed, so that it mostly is no pattern, or not even JSON. */
export function halfValid(random: Random): string {
  let text = write(draft(random.pick(Object.keys(samplers)), random).pattern, random)
  for (let changes = random.pick([1, 1, 1, 2]); changes > 0; changes--) {
    text = random.chance(0.65) ? changeTokens(text, random) : changeCharacters(text, random)
  }
  return text
}

/** A field with one wildcard, with stars enough for it to be too complex one time in four. */
export function starry(random: Random): string {
  const wildcard = word(random, [...'aab:****'], 6, 24).replace(/\*+/g, '*')
  return `{"a":[{"wildcard":${JSON.stringify(wildcard)}}]}`
}
