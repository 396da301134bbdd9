import {parseExact, stringifyExact} from '../../core/json'
import type {Where} from '../../core/where'
import type {WhereValue} from '../../core/where-values'
import {parsePattern, PatternError} from '../parse-pattern'
import type {Test} from '../pattern'
import {comparableNumber} from '../values/comparable-number'
import {parseAddress} from '../values/ip-address'
import {prefixTest, suffixTest} from './affixes'
import type {FieldType} from '../../core/where-field'
import {operandsOf, retypedRemarks} from './operands'
import type {Point, Range} from './ranges'
import {rangeTest} from './ranges'
import {refuseCondition} from './refuse'

/** What is asked of one field. */
export type Wish =
  /** One of these, of any type. */
  | {kind: 'values'; values: WhereValue[]}
  /** Any value but these, which are all texts or all numbers. */
  | {kind: 'not'; values: WhereValue[]}
  | {kind: 'ranges'; ranges: Range[]}
  | {kind: 'prefix' | 'suffix'; texts: string[]}
  /** Texts that satisfy one of these alternatives of the pattern language. */
  | {kind: 'texts'; alternatives: unknown[]}
  | {kind: 'exists' | 'missing'}

/** A wish and the conditions that it comes from, for messages. */
export type Clause = Wish & {sources: string[]}

function valueOf({kind, text}: WhereValue): unknown {
  return kind === 'text' ? text : parseExact(text)
}

/** The alternatives that say it: the members of the field's array. */
export function alternativesOf(wish: Wish): unknown[] {
  switch (wish.kind) {
    case 'values':
      return wish.values.map(valueOf)
    case 'not':
      return [{'anything-but': wish.values.map(valueOf)}]
    case 'ranges':
      return wish.ranges.map(rangeTest)
    case 'prefix':
      return wish.texts.map(prefixTest)
    case 'suffix':
      return wish.texts.map(suffixTest)
    case 'texts':
      return wish.alternatives
    case 'exists':
      return [{exists: true}]
    case 'missing':
      return [{exists: false}]
  }
}

/** The tests that EventBridge makes of it. Throws PatternError where it would refuse it. */
export function testsOf(wish: Wish): Test[] {
  const pattern = parsePattern(stringifyExact({field: alternativesOf(wish)}))
  return pattern.branches.flatMap((branch) => branch.get('field')?.alternatives ?? [])
}

/** The number of a comparison or exclusion, which EventBridge must hold in a double. */
export function pointOf({text}: WhereValue, source: string): Point {
  const value = comparableNumber(text)
  if (value !== undefined) return {text, value}
  return refuseCondition(
    `${source} compares with ${text}, which a double does not hold exactly; EventBridge cannot compare it.`,
    'Use a number of at most 15 digits; with = any number can be asked for.',
  )
}

function rangeOf({operator, values, text}: Where): Wish {
  const [value] = values
  if (value === undefined) return {kind: 'ranges', ranges: []}
  const bound = {...pointOf(value, text), inclusive: operator.endsWith('=')}
  const range = operator.startsWith('>') ? {lower: bound, upper: undefined} : {lower: undefined, upper: bound}
  return {kind: 'ranges', ranges: [range]}
}

function exclusionOf({path, text}: Where, values: WhereValue[], type: FieldType | undefined): Wish {
  const isTruth = (value: WhereValue): boolean => value.kind === 'literal' && value.text !== 'null'
  if (type === 'boolean' && values.every(isTruth)) {
    const left = ['true', 'false'].filter((word) => !values.some((value) => value.text === word))
    return {kind: 'values', values: left.map((word) => ({kind: 'literal', text: word}))}
  }
  if (values.some((value) => value.kind === 'literal')) {
    refuseCondition(
      `${text} excludes true, false or null; EventBridge excludes only texts and numbers.`,
      `List what may be there instead: ${path}=VALUE,VALUE. For the texts write "true", "false" and "null".`,
    )
  }
  if (new Set(values.map((value) => value.kind)).size > 1) {
    refuseCondition(
      `${text} excludes texts and numbers at once; EventBridge takes a list of one or the other.`,
      'Put numbers that are meant as texts in quotes.',
    )
  }
  for (const value of values) if (value.kind === 'number') pointOf(value, text)
  return {kind: 'not', values}
}

/** A range of addresses; for a single one, with or without a mask of all bits, EventBridge takes only the address itself. */
function addressesOf(text: string): unknown {
  const [, base = text, mask] = /^(.*)\/(32|128)$/.exec(text) ?? []
  const digits = parseAddress(base)
  const isSingle = digits !== undefined && (mask === undefined || Number(mask) === digits.length * 4)
  return isSingle ? base : {cidr: text}
}

function wishOf(where: Where, values: WhereValue[], type: FieldType | undefined): Wish {
  const texts = values.map((value) => value.text)
  switch (where.operator) {
    case '=':
      return {kind: 'values', values}
    case '!=':
      return exclusionOf(where, values, type)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return rangeOf(where)
    case '^=':
      return {kind: 'prefix', texts}
    case '$=':
      return {kind: 'suffix', texts}
    case '~=':
      return {kind: 'texts', alternatives: texts.map((text) => ({'equals-ignore-case': text}))}
    case 'like':
      return {kind: 'texts', alternatives: texts.map((text) => ({wildcard: text}))}
    case 'in':
      return {kind: 'texts', alternatives: texts.map(addressesOf)}
    case 'exists':
    case 'missing':
      return {kind: where.operator}
  }
}

/** Each value once. */
export function distinct(values: readonly WhereValue[]): WhereValue[] {
  return [...new Map(values.map((value) => [`${value.kind} ${value.text}`, value])).values()]
}

function checkAlone(wish: Wish, {text}: Where): void {
  if (alternativesOf(wish).length === 0) {
    refuseCondition(`${text} leaves no value that could match.`, 'Leave it out, or exclude less.')
  }
  try {
    testsOf(wish)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    refuseCondition(
      `${text} cannot be said in an event pattern: ${error.reason}.`,
      error.hint ?? 'Write it in another way.',
    )
  }
}

/**
 * What a condition asks of its field, and remarks on how it was read. `type` decides what its values are. Throws `BAD_WHERE`
 * (usage) where the field can never satisfy it or EventBridge has no way to say it.
 */
export function clauseOf(where: Where, type: FieldType | undefined): {clause: Clause; remarks: string[]} {
  const values = operandsOf(where, type)
  const wish = wishOf(where, distinct(values), type)
  checkAlone(wish, where)
  return {clause: {...wish, sources: [where.text]}, remarks: retypedRemarks(where, values)}
}
