import type {Budget} from './budget'
import type {Demand} from './demand'
import type {FieldShape} from './event-shape'
import {findNumber} from './find-number'
import {findText} from './find-text'
import {literalLeaf} from './leaves'

/** JSON text of a value, or that there is none, or that this is not known. */
export type ValueSearchResult = {kind: 'value'; json: string} | {kind: 'none'} | {kind: 'unknown'}

/** A way to look for a value of one kind. */
type Search = () => ValueSearchResult

function textValue(demands: readonly Demand[], shape: FieldShape, budget: Budget): ValueSearchResult {
  const example = shape.example === undefined ? undefined : (JSON.parse(shape.example) as unknown)
  const form = shape.kind === 'text' || shape.kind === 'list' ? shape.form : undefined
  const asked = {form, example: typeof example === 'string' ? example : undefined}
  const result = findText(demands, asked, budget)
  return result.kind === 'text' ? {kind: 'value', json: JSON.stringify(result.text)} : result
}

function numberValue(demands: readonly Demand[], shape: FieldShape, budget: Budget): ValueSearchResult {
  const example = shape.example !== undefined && /^-?\d/.test(shape.example) ? shape.example : undefined
  const {
    minimum,
    maximum,
    integer = false,
  }: Partial<Extract<FieldShape, {kind: 'number'}>> = shape.kind === 'number' ? shape : {}
  const result = findNumber(demands, {minimum, maximum, integer, example}, budget)
  return result.kind === 'number' ? {kind: 'value', json: result.text} : result
}

function literalValue(demands: readonly Demand[], literals: readonly string[]): ValueSearchResult {
  const found = literals.find((text) => {
    const leaf = literalLeaf(text)
    return demands.every((demand) => demand.agrees(leaf))
  })
  return found === undefined ? {kind: 'none'} : {kind: 'value', json: found}
}

function searches(demands: readonly Demand[], shape: FieldShape, budget: Budget): Search[] {
  const text: Search = () => textValue(demands, shape, budget)
  const number: Search = () => numberValue(demands, shape, budget)
  switch (shape.kind) {
    case 'text':
    case 'list':
      return [text]
    case 'number':
      return [number]
    case 'boolean':
      return [() => literalValue(demands, ['true', 'false'])]
    case 'object':
      return []
    case 'any':
      return [text, number, () => literalValue(demands, ['true', 'false', 'null'])]
  }
}

/**
 * One scalar that all demands agree with and that the shape allows; of a list, one element. Text is preferred where the
 * field can be anything. `none` is certain.
 */
export function findValue(demands: readonly Demand[], shape: FieldShape, budget: Budget): ValueSearchResult {
  let unknown = false
  for (const search of searches(demands, shape, budget)) {
    const result = search()
    if (result.kind === 'value') return result
    unknown ||= result.kind === 'unknown'
  }
  return {kind: unknown ? 'unknown' : 'none'}
}
