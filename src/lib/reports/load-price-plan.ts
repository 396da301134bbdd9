import {readFile} from 'node:fs/promises'
import {OpError, messageOf} from '../core/errors'
import type {PricePlan} from '../pricing/price-plan'

/**
 * Reads a price file; undefined where none is named. YAML and validation are loaded only where there is one. Throws NO_PRICES
 * (usage) where the file cannot be read, BAD_PRICES and BAD_CURRENCY (usage) where it is wrong.
 */
export async function loadPricePlan(file: string | undefined): Promise<PricePlan | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new OpError('usage', 'NO_PRICES', `The price plan ${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Name a file with --prices, or as pricePlan in usage-tracker.yaml. docs/examples/prices.yaml is one.',
    })
  })
  return parsePrices(text, file)
}

/** The price plan of a text. YAML and validation are loaded only here. Throws BAD_PRICES and BAD_CURRENCY (usage). */
export async function parsePrices(text: string, file: string): Promise<PricePlan> {
  const {parsePricePlan} = await import('../pricing/parse-price-plan')
  return parsePricePlan(text, file)
}
