import {OpError} from '../core/errors'
import {parseWhere, whereOperators} from '../core/where'
import type {Where, WhereOperator} from '../core/where'
import type {FieldType, KnownField} from '../core/where-field'
import {parseTextList} from '../core/where-values'
import type {PatternRequest} from '../pattern/write/build-pattern'
import {envelopeFields} from '../pattern/write/envelope-fields'
import {isUnderContract, writePattern} from '../pattern/write/write-pattern'
import type {DetailContract} from '../pattern/write/write-pattern'
import type {Asker, Choice} from '../core/asker'

const meanings: Readonly<Record<WhereOperator, string>> = {
  '=': 'is one of',
  '!=': 'is there and none of',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is greater than',
  '>=': 'is at least',
  '^=': 'begins with',
  '$=': 'ends with',
  '~=': 'is, in any case of letters',
  like: 'is like, with * for any text',
  in: 'lies in the address range',
  exists: 'is there',
  missing: 'is not there',
}

const byType: Readonly<Record<FieldType, readonly WhereOperator[]>> = {
  string: ['=', '!=', '^=', '$=', '~=', 'like', 'in', 'exists', 'missing'],
  number: ['=', '!=', '<', '<=', '>', '>=', 'exists', 'missing'],
  integer: ['=', '!=', '<', '<=', '>', '>=', 'exists', 'missing'],
  boolean: ['=', 'exists', 'missing'],
  object: [],
}

/** The answer of somebody who has no more conditions. */
const done = ''

/** What is wrong, as a person is told; true when nothing is. */
function problemOf(act: () => unknown): true | string {
  try {
    act()
    return true
  } catch (error) {
    if (error instanceof OpError) return error.message
    throw error
  }
}

/** The texts of a list; a star alone stands for any, which asks for nothing. */
async function askList(asker: Asker, question: string, standard: string): Promise<string[]> {
  const read = (text: string): string[] => (text.trim() === '*' ? [] : parseTextList(text, 'The answer'))
  return read(await asker.text(question, standard, (text) => problemOf(() => read(text))))
}

function fieldChoices(fields: readonly KnownField[], typed: string): Choice[] {
  const word = typed.toLowerCase()
  const found = fields
    .filter(({path}) => path.toLowerCase().includes(word))
    .map(({path, description}) => ({value: path, name: path, description}))
  if (typed === '') return [{value: done, name: '(no more conditions)'}, ...found]
  const isNew =
    fields.every(({path}) => path !== typed) && problemOf(() => parseWhere(`${typed} exists`)) === true
  return isNew ? [...found, {value: typed, name: `${typed} (as it is written here)`}] : found
}

function operatorChoices(type: FieldType | undefined): Choice[] {
  const operators = type === undefined ? whereOperators : byType[type]
  return operators.map((operator) => ({value: operator, name: `${operator.padEnd(7)} ${meanings[operator]}`}))
}

function takesValue(operator: string): boolean {
  return operator !== 'exists' && operator !== 'missing'
}

/** Fields that can be asked for: those of the contract where the pattern is for its events, then the envelope's. */
function fieldsFor(request: PatternRequest, contract: DetailContract): KnownField[] {
  const detail = isUnderContract(request, contract.detailType) ? contract.fields : []
  return [...detail, ...envelopeFields].filter(({type}) => type !== 'object')
}

/** One more condition that goes with those so far; undefined when there are no more. */
async function askCondition(
  asker: Asker,
  request: PatternRequest,
  contract: DetailContract,
): Promise<Where | undefined> {
  const fields = fieldsFor(request, contract)
  const check = (text: string): true | string =>
    problemOf(() => writePattern({...request, where: [...(request.where ?? []), parseWhere(text)]}, contract))
  for (;;) {
    const path = await asker.search('Field of a condition', (typed) => fieldChoices(fields, typed))
    if (path === done) return undefined
    const type = fields.find((field) => field.path === path)?.type
    const operator = await asker.choose(path, operatorChoices(type))
    const words = `${path} ${operator}`
    if (takesValue(operator)) {
      const value = await asker.text(words, undefined, (text) => check(`${words} ${text}`))
      return parseWhere(`${words} ${value}`)
    }
    const problem = check(words)
    if (problem === true) return parseWhere(words)
    asker.say(problem)
  }
}

/**
 * Asks what a pattern is to match: sources and detail-types (`standard` is offered), then conditions one by one. A condition
 * that cannot be said together with those before it is refused as soon as it is given.
 */
export async function askPattern(
  asker: Asker,
  contract: DetailContract,
  standard: {source: string},
): Promise<PatternRequest> {
  const sources = await askList(asker, 'Sources, separated by commas (* for any)', standard.source)
  const detailTypes = await askList(asker, 'Detail-types (* for any)', contract.detailType)
  const where: Where[] = []
  for (;;) {
    const next = await askCondition(asker, {sources, detailTypes, where}, contract)
    if (next === undefined) return {sources, detailTypes, where}
    where.push(next)
  }
}
