import {compareDecimals} from '../core/money'
import {checkDates, noMeter} from './file-checks'
import type {FileMeters} from './file-checks'
import type {ChargeEntry, PriceModel, TierEntry} from './price-file'
import type {Path, PriceFileText} from './price-file-text'
import type {Charge, Price, Tier} from './price-plan'

/** The keys that each model asks for, and those that it may have besides the common ones. */
const keysOf: Readonly<Record<PriceModel, {needs: (keyof ChargeEntry)[]; may: (keyof ChargeEntry)[]}>> = {
  flat: {needs: ['amount'], may: []},
  'per-unit': {needs: ['meter', 'pricePerUnit'], may: ['included']},
  graduated: {needs: ['meter', 'tiers'], may: ['included']},
  volume: {needs: ['meter', 'tiers'], may: ['included']},
  package: {needs: ['meter', 'packageSize', 'pricePerPackage'], may: ['included']},
}
const common: readonly (keyof ChargeEntry)[] = ['name', 'model', 'from', 'to']

/** One price of a plan. Without a model it is `flat` where it has an amount, `per-unit` where it has a price. Throws BAD_PRICES (usage). */
export function toCharge(file: FileMeters, path: Path, entry: ChargeEntry): Charge {
  const {wrong, meters} = file
  const model = entry.model ?? impliedModel(entry)
  if (model === undefined) throw wrong(path, 'lacks "model".')
  const {needs, may} = keysOf[model]
  for (const key of needs) {
    if (entry[key] === undefined) throw wrong(path, `lacks "${key}", which ${model} asks for.`)
  }
  const extra = (Object.keys(entry) as (keyof ChargeEntry)[]).find(
    (key) => ![...needs, ...may, ...common].includes(key),
  )
  if (extra !== undefined) throw wrong([...path, extra], `does not go with ${model}.`)
  const dates = checkDates(file, path, entry)
  if (model === 'flat') return {...dates, kind: 'fee', name: entry.name ?? 'Fee', amount: entry.amount ?? '0'}
  const meter = entry.meter ?? ''
  if (!meters.has(meter)) throw noMeter(file, [...path, 'meter'])
  const price = priceOf(file, path, model, entry)
  return {...dates, kind: 'usage', name: entry.name ?? meter, meter, included: entry.included ?? '0', price}
}

function impliedModel({amount, pricePerUnit}: ChargeEntry): PriceModel | undefined {
  if (amount !== undefined) return 'flat'
  return pricePerUnit === undefined ? undefined : 'per-unit'
}

function priceOf(
  text: PriceFileText,
  path: Path,
  model: Exclude<PriceModel, 'flat'>,
  entry: ChargeEntry,
): Price {
  switch (model) {
    case 'per-unit':
      return {model, pricePerUnit: entry.pricePerUnit ?? '0'}
    case 'package':
      return {
        model,
        packageSize: entry.packageSize ?? '1',
        pricePerPackage: entry.pricePerPackage ?? '0',
      }
    case 'graduated':
    case 'volume':
      return {model, tiers: tiersOf(text, [...path, 'tiers'], entry.tiers ?? [])}
  }
}

/** Tiers from the lowest bound up; the last one, and no other, has none. */
function tiersOf({wrong}: PriceFileText, path: Path, entries: readonly TierEntry[]): Tier[] {
  return entries.map(({upTo, pricePerUnit, flatFee}, i) => {
    const place = [...path, i]
    if (pricePerUnit === undefined && flatFee === undefined) {
      throw wrong(place, 'lacks "pricePerUnit".')
    }
    const isLast = i === entries.length - 1
    if (isLast && upTo !== undefined)
      throw wrong([...place, 'upTo'], 'must not be there: the last tier has no bound.')
    if (!isLast && upTo === undefined)
      throw wrong(place, 'lacks "upTo", which only the last tier does without.')
    const before = entries[i - 1]?.upTo
    if (upTo !== undefined && before !== undefined && compareDecimals(upTo, before) <= 0) {
      throw wrong([...place, 'upTo'], 'must be more than that of the tier before.')
    }
    return {upTo, pricePerUnit: pricePerUnit ?? '0', flatFee: flatFee ?? '0'}
  })
}
