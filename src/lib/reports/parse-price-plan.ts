import {Ajv} from 'ajv'
import type {ErrorObject} from 'ajv'
import {LineCounter, isMap, isNode, isScalar, parseDocument} from 'yaml'
import type {Document} from 'yaml'
import {OpError} from '../core/errors'
import {minorUnits} from '../core/money'
import type {Decimal, Rounding} from '../core/money'
import type {PricePlan} from './price-plan'

interface PriceEntry {
  pricePerUnit: Decimal
}

/** The file's content. Scalars are text: see `parsePricePlan`. */
interface PriceFile {
  currency: string
  decimals?: string
  rounding?: Rounding
  plans: Record<string, PriceEntry>
  default?: PriceEntry
}

const priceEntry = {
  type: 'object',
  required: ['pricePerUnit'],
  additionalProperties: false,
  properties: {pricePerUnit: {type: 'string', pattern: '^\\d{1,18}(\\.\\d{1,18})?$'}},
}

/** JSON Schema of a price file. */
export const priceFileSchema = {
  type: 'object',
  required: ['currency', 'plans'],
  additionalProperties: false,
  properties: {
    currency: {type: 'string', pattern: '^[A-Z]{3}$'},
    decimals: {type: 'string', pattern: '^[0-9]$'},
    rounding: {enum: ['half-up', 'half-even']},
    plans: {type: 'object', additionalProperties: priceEntry},
    default: priceEntry,
  },
}

/**
 * Reads a price file (YAML or JSON):
 *
 *     currency: EUR
 *     rounding: half-up        # or half-even; half-up when not said
 *     plans:
 *       free: {pricePerUnit: "0"}
 *       pro: {pricePerUnit: "0.0004"}
 *     default: {pricePerUnit: "0.001"}
 *
 * Scalars are read as the text that stands there (YAML's failsafe schema), so a price never passes through a double, with or
 * without quotes. `file` names the file in messages. Throws BAD_PRICES and BAD_CURRENCY (usage), with the line.
 */
export function parsePricePlan(text: string, file: string): PricePlan {
  const lines = new LineCounter()
  const document = parseDocument(text, {schema: 'failsafe', lineCounter: lines})
  const broken = document.errors[0]
  if (broken) throw badPrices(file, broken.linePos?.[0].line, broken.message.split('\n')[0] ?? broken.code)
  const content: unknown = document.toJS({maxAliasCount: 100})
  const ajv = new Ajv({allErrors: true, strict: false})
  const validate = ajv.compile<PriceFile>(priceFileSchema)
  if (!validate(content)) {
    const first = validate.errors?.[0]
    throw badPrices(
      file,
      first && lineOf(document, lines, first),
      first ? wordsOf(first) : 'It is no price plan.',
    )
  }
  return toPricePlan(content, file)
}

function toPricePlan(content: PriceFile, file: string): PricePlan {
  const units = minorUnits(content.currency)
  return {
    file,
    currency: content.currency,
    decimals: content.decimals === undefined ? units : Number(content.decimals),
    rounding: content.rounding ?? 'half-up',
    plans: new Map(Object.entries(content.plans).map(([plan, entry]) => [plan, entry.pricePerUnit])),
    defaultPrice: content.default?.pricePerUnit,
  }
}

function badPrices(file: string, line: number | undefined, reason: string): OpError {
  const place = line === undefined ? file : `${file}:${line}`
  return new OpError('usage', 'BAD_PRICES', `${place}: ${reason}`, {
    hint: 'A price plan names a currency and the price of a unit on each plan; docs/examples/prices.yaml is one.',
  })
}

/** The path of a JSON pointer: `/plans/a~1b` is `plans`, `a/b`. */
function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The line of what an error is about: the key that should not be there, else the value that is wrong. */
function lineOf(document: Document, lines: LineCounter, error: ErrorObject): number | undefined {
  const path = pathOf(error.instancePath)
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  const extra: unknown = error.params['additionalProperty']
  const key = isMap(node) && node.items.find((item) => isScalar(item.key) && item.key.value === extra)?.key
  const offset = isNode(key) ? key.range?.[0] : isNode(node) ? node.range?.[0] : undefined
  return offset === undefined ? undefined : lines.linePos(offset).line
}

function wordsOf(error: ErrorObject): string {
  const name = pathOf(error.instancePath).join('.') || 'the file'
  if (error.keyword === 'additionalProperties') {
    return `${name} may not have "${String(error.params['additionalProperty'])}".`
  }
  if (error.keyword === 'required') return `${name} lacks "${String(error.params['missingProperty'])}".`
  if (error.keyword === 'enum') return `${name} must be half-up or half-even.`
  if (name.endsWith('pricePerUnit')) return `${name} must be a decimal number such as "0.0004".`
  if (name === 'currency') return 'currency must be three capital letters such as EUR.'
  if (name === 'decimals') return 'decimals must be a digit from 0 to 9.'
  return `${name} ${error.message ?? 'is wrong'}.`
}
