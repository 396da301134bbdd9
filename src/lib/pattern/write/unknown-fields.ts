import {nearest} from '../../core/nearest'
import type {KnownField} from '../../core/where-field'
import {envelopeFields} from './envelope-fields'

function suggestion(path: string, fields: readonly KnownField[]): string {
  const paths = fields.filter((field) => field.type !== 'object').map((field) => field.path)
  const end = `.${path.replace(/^detail\./, '')}`.toLowerCase()
  const meant = paths.find((known) => known.toLowerCase().endsWith(end)) ?? nearest(path, paths)
  return meant === undefined ? '' : ` Did you mean ${meant}?`
}

function warning(path: string, fields: readonly KnownField[]): string {
  const [root = ''] = path.split('.')
  const why =
    root === 'detail'
      ? `${path} is not in the contract of usage events: only events whose producer adds it have it.`
      : `${path} is not a field of an EventBridge event: no event has it.`
  return why + suggestion(path, fields)
}

/**
 * A warning for each path that events are not known to have, with the field that was probably meant. `contract` lists the fields
 * under `detail`; without it anything may stand there.
 */
export function unknownFieldWarnings(
  paths: readonly string[],
  contract: readonly KnownField[] | undefined,
): string[] {
  const envelope = envelopeFields.map((field) =>
    field.path === 'detail' ? {...field, isFree: contract === undefined} : field,
  )
  const fields = [...envelope, ...(contract ?? [])]
  const known = new Set(fields.map((field) => field.path))
  const free = fields.filter((field) => field.isFree).map((field) => `${field.path}.`)
  return [...new Set(paths)]
    .filter((path) => !known.has(path) && !free.some((start) => path.startsWith(start)))
    .map((path) => warning(path, fields))
}
