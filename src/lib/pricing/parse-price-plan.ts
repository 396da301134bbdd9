import type {PricePlan} from './price-plan'
import {readPriceFile} from './price-file-text'
import {toPricePlan} from './to-price-plan'

/**
 * Reads a price file (YAML or JSON); docs/price-plans.md says what it may have. The shortest:
 *
 *     currency: EUR
 *     plans:
 *       pro: {pricePerUnit: "0.0004"}
 *
 * `file` names the file in messages. Throws BAD_PRICES, with the line, and BAD_CURRENCY (usage).
 */
export function parsePricePlan(text: string, file: string): PricePlan {
  return toPricePlan(readPriceFile(text, file), file)
}
