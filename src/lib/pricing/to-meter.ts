import {eventCondition, knownField} from './event-condition'
import type {Wrong} from './event-condition'
import type {MeterEntry} from './price-file'
import type {Path, PriceFileText} from './price-file-text'
import type {Meter} from './price-plan'

/** One meter of the file. Throws BAD_PRICES (usage). */
export function toMeter(text: PriceFileText, name: string, entry: MeterEntry): Meter {
  const path = ['meters', name]
  const {aggregate} = entry
  const where = [entry.where ?? []].flat()
  const at =
    (place: Path): Wrong =>
    (words) =>
      text.wrong(place, words)
  const conditions = where.map((condition, i) =>
    eventCondition(condition, at([...path, 'where', ...(Array.isArray(entry.where) ? [i] : [])])),
  )
  if (aggregate === 'count') {
    if (entry.field !== undefined)
      throw text.wrong([...path, 'field'], 'must not be there: a count has no field.')
    return {name, aggregate, where: conditions}
  }
  if (entry.field === undefined) throw text.wrong(path, `lacks "field", whose ${aggregate} it is.`)
  const field = knownField(entry.field, at([...path, 'field']))
  const isNumber = field.type === 'number' || field.type === 'integer' || field.attribute !== undefined
  if (aggregate !== 'unique' && !isNumber) {
    throw text.wrong([...path, 'field'], `has no numbers: a ${aggregate} needs some.`)
  }
  return {name, aggregate, field: field.path, where: conditions}
}
