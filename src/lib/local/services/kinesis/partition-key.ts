import {LosslessNumber, parse} from 'lossless-json'
import {parseJsonPath, valueAt} from '../../target-input/json-path'

const maxLength = 256

/**
 * The partition key of an event (JSON text): what stands at the path, a text as it is, a number or truth value as JSON writes it; the
 * event's id where no path is given ("the default is to use the eventId as the partition key", API reference, KinesisParameters).
 * Undefined where nothing of the kind stands there, or something empty or longer than 256 characters.
 */
export function partitionKeyOf(event: string, path: string | undefined): string | undefined {
  const key = path === undefined ? (JSON.parse(event) as {id?: unknown}).id : valueIn(event, path)
  return typeof key === 'string' && key !== '' && key.length <= maxLength ? key : undefined
}

function valueIn(event: string, path: string): unknown {
  const steps = parseJsonPath(path)
  const value = steps && valueAt(parse(event), steps)
  if (value instanceof LosslessNumber) return value.value
  return typeof value === 'boolean' ? String(value) : value
}
