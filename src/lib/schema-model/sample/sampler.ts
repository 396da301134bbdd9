import {OpError} from '../../core/errors'
import {withPlainNumbers} from '../check/ajv'
import {compileSchema, type SchemaCheck} from '../check/schema-check'
import {isJsonObject, type JsonObject} from '../json-object'
import type {SchemaDocument} from '../schema-document'
import {Chance} from './chance'
import type {TimeRange} from './formats'
import {patternTexts} from './pattern-texts'
import {ValueMaker} from './value-maker'
import {Wishes} from './wish'

export interface SampleOptions {
  /** An integer; the same seed and range give the same samples. */
  seed: number
  /** Where the times in samples lie. */
  range: TimeRange
}

/** Tries for one sample, the later ones with less in it. */
const maxTries = 300
/** Values made in all tries for one sample, before it is given up. */
const maxEffort = 60_000
/** So many at first with much in them. */
const fullTries = 6

/** Makes valid values of a schema, one after the other. */
export interface Sampler {
  /** Throws `SCHEMA_NOT_SAMPLED` (usage) where no value was found. */
  next(): unknown
}

/**
 * Values that a schema allows, varied: members left out, options of unions, bounds. Each is checked before it is given out. Loads ajv, and for a schema with
 * patterns a library that makes texts for them. Throws `SCHEMA_UNCHECKABLE` (usage), also when it is called.
 */
export async function createSampler(
  document: SchemaDocument,
  {seed, range}: SampleOptions,
): Promise<Sampler> {
  const check = compileSchema(document)
  const root = withPlainNumbers(document.schema) as JsonObject
  const chance = new Chance(seed)
  const patterns = hasPatterns(root) ? await patternTexts() : undefined
  const wishes = new Wishes(root, chance)
  const makers = [0.3, 0.7, 1].map(
    (sparseness) => new ValueMaker(wishes, {chance, range, patterns}, sparseness),
  )
  return {next: () => firstValid(document, [root, ...envelopeOf(document)], check, makers)}
}

function firstValid(
  {name}: SchemaDocument,
  schemas: readonly unknown[],
  check: SchemaCheck,
  makers: readonly ValueMaker[],
): unknown {
  let reason = 'nothing, or no end of it, is allowed'
  let effort = 0
  for (let tries = 0; tries < maxTries && effort < maxEffort; tries++) {
    const maker = makers[tries < fullTries ? 0 : tries % makers.length]
    const value = maker?.make(schemas)
    effort += maker?.valueCount ?? 0
    if (value === undefined) continue
    const [problem] = check(value)
    if (!problem) return value
    reason = `of the last one ${problem.path} ${problem.message}`
  }
  throw new OpError('usage', 'SCHEMA_NOT_SAMPLED', `No value was found that ${name} allows; ${reason}.`, {
    hint: 'Rules that exclude each other, "not" and patterns that look ahead are hard to keep by chance. An "examples" list in the schema is used.',
  })
}

/** An event of the kind that the schema is about; what it says of source and detail type is often no more than that they are texts. */
function envelopeOf({source, detailType}: SchemaDocument): unknown[] {
  if (source === undefined) return []
  return [{properties: {source: {const: source}, 'detail-type': {const: detailType}}}]
}

function hasPatterns(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasPatterns)
  if (!isJsonObject(schema)) return false
  return Object.entries(schema).some(
    ([key, value]) => key === 'pattern' || key === 'patternProperties' || hasPatterns(value),
  )
}
