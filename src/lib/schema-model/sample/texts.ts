import {toRegExp} from '../check/ajv'
import type {JsonObject} from '../json-object'
import type {Chance} from './chance'
import {nouns, sampleFormat, sampleId, type TimeRange} from './formats'
import type {PatternTexts} from './pattern-texts'
import {numbersSaid, said} from './wish'

/** What making a text needs beside its schemas. */
export interface TextTools {
  chance: Chance
  range: TimeRange
  /** Missing for a schema without patterns. */
  patterns: PatternTexts | undefined
}

/** A text that keeps the format, the pattern and the lengths of the schemas; its name tells whether it is an identity. */
export function sampleText(nodes: readonly JsonObject[], name: string, tools: TextTools): string {
  const {chance, range} = tools
  const min = Math.max(0, ...numbersSaid(nodes, 'minLength'))
  const max = Math.min(...numbersSaid(nodes, 'maxLength'), Infinity)
  const patterns = said(nodes, 'pattern').filter((pattern) => typeof pattern === 'string')
  const fits = (text: string) => {
    const {length} = Array.from(text)
    return length >= min && length <= max && patterns.every((pattern) => toRegExp(pattern, 'u').test(text))
  }
  for (const format of said(nodes, 'format')) {
    const text = typeof format === 'string' ? sampleFormat(format, chance, range) : undefined
    if (text !== undefined) return text
  }
  const [pattern] = chance.shuffled(patterns)
  const matching = pattern === undefined ? undefined : tools.patterns?.(pattern, chance, fits)
  if (matching !== undefined) return matching
  return fitted(isIdentity(name) ? sampleId(chance) : words(chance), min, max, chance)
}

/** Whether a member of this name holds an identity. */
export function isIdentity(name: string): boolean {
  return /(^|[_-])(id|key|token)$/i.test(name) || /[a-z](Id|Key|Token|ID)$/.test(name)
}

function words(chance: Chance): string {
  return chance.oneIn(3)
    ? `${chance.pick(nouns) ?? ''} ${chance.pick(nouns) ?? ''}`
    : (chance.pick(nouns) ?? '')
}

function fitted(text: string, min: number, max: number, chance: Chance): string {
  let long = text
  while (long.length < min) long += ` ${words(chance)}`
  return long.length > max || text.length < min
    ? long.slice(0, Math.max(min, Math.min(max, long.length)))
    : long
}
