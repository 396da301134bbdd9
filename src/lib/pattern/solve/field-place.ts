import type {EventShape, FieldShape} from './event-shape'

/** What a shape says of a path: what stands there, or why nothing can. */
export type FieldPlace =
  {kind: 'field'; field: FieldShape; alwaysThere: boolean} | {kind: 'missing'; reason: string}

/** Of a field that the shape does not name. */
const freeField: FieldShape = {kind: 'any', words: 'any value', required: false}
/** More names than this are not listed in a reason. */
const listedNames = 12

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function namesIn(shape: EventShape, parent: string): string[] {
  const start = parent === '' ? '' : `${parent}.`
  return [...shape.fields.keys()].filter(
    (path) => path.startsWith(start) && path !== parent && !path.slice(start.length).includes('.'),
  )
}

function noSuchField(shape: EventShape, parent: string, path: string): string {
  const start = parent === '' ? 0 : parent.length + 1
  const name = path.slice(start)
  const names = namesIn(shape, parent).map((known) => known.slice(start))
  const alike = names.filter((known) => plain(known) === plain(name))
  const listed = alike.length > 0 ? alike : names.slice(0, listedNames)
  const who = parent === '' ? `Events have no field ${name} at the top` : `${parent} has no field ${name}`
  const have = parent === '' ? 'they have' : 'it has'
  return listed.length === 0 ? `${who}.` : `${who}; ${have} ${listed.join(', ')}.`
}

/** Finds a dotted path in a shape. */
export function placeOf(shape: EventShape, path: string): FieldPlace {
  const steps = path.split('.')
  let {closed} = shape
  let alwaysThere = true
  let parent = ''
  for (let count = 1; count <= steps.length; count++) {
    const here = steps.slice(0, count).join('.')
    const field = shape.fields.get(here)
    if (field === undefined) {
      if (closed) return {kind: 'missing', reason: noSuchField(shape, parent, here)}
      return {kind: 'field', field: freeField, alwaysThere: false}
    }
    alwaysThere &&= field.required
    if (count === steps.length) return {kind: 'field', field, alwaysThere}
    if (field.kind === 'any') return {kind: 'field', field: freeField, alwaysThere: false}
    if (field.kind !== 'object') {
      return {kind: 'missing', reason: `${here} is ${field.words} and has no fields.`}
    }
    closed = field.closed
    parent = here
  }
  return {kind: 'field', field: freeField, alwaysThere: false}
}
