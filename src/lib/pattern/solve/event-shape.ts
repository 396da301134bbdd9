import {anyRun, literalGlob, oneLetterOf} from './glob'
import type {Glob} from './glob'
import {timeForm} from './time-form'

/** What the value of a field can be. A `form` is a set of texts: those that one of its globs reads. */
export type ValueShape =
  | {kind: 'text'; form?: readonly Glob[]}
  | {kind: 'number'; minimum?: number; maximum?: number; integer?: boolean}
  | {kind: 'boolean'}
  /** A list of texts, which may be empty. */
  | {kind: 'list'; form?: readonly Glob[]}
  /** An object; `closed` when it has no other fields than those the shape names. */
  | {kind: 'object'; closed: boolean}
  /** Anything at all: text, a number, `true`, `false`, `null`, or an object or list of these. */
  | {kind: 'any'}

/** One field of an event. */
export type FieldShape = ValueShape & {
  /** What it is, in words that end a sentence such as "account is text of 12 digits". */
  words: string
  /** Whether every event has it, or every event that has the object it stands in. */
  required: boolean
  /** A value of it, as JSON text. Shown in events where nothing else is asked of the field. */
  example?: string
}

/**
 * What events can look like. `fields` are named by their dotted path (`detail.service.name`), an object before the fields
 * in it. A field that is not named can be anything, except in an object (or at the top of an event) that is closed: it
 * cannot be there.
 */
export interface EventShape {
  fields: ReadonlyMap<string, FieldShape>
  /** Whether there are no other fields at the top. */
  closed: boolean
}

const someText: Glob = [{oneOf: undefined, repeat: false}, anyRun]
const digit = oneLetterOf('0123456789')
const hexDigits = (count: number): Glob =>
  Array.from({length: count}, () => oneLetterOf('0123456789abcdefABCDEF'))
const dash = literalGlob('-')
const uuid: Glob = [
  ...hexDigits(8),
  ...[4, 4, 4].flatMap((count) => [...dash, ...hexDigits(count)]),
  ...dash,
  ...hexDigits(12),
]
const regionLetter = oneLetterOf('abcdefghijklmnopqrstuvwxyz0123456789-')

const fields: readonly (readonly [string, FieldShape])[] = [
  ['version', text('the text "0"', [literalGlob('0')], '0')],
  ['id', text('text in the form of a UUID', [uuid], '0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21')],
  ['detail-type', text('text of at least one character', [someText], 'api-usage-event')],
  ['source', text('text of at least one character', [someText], 'my-applications')],
  ['account', text('text of 12 digits', [Array.from({length: 12}, () => digit)], '123456789012')],
  ['time', text('text in the form YYYY-MM-DDThh:mm:ssZ', timeForm, '2026-11-03T09:15:27Z')],
  [
    'region',
    text(
      'text of lower-case letters, digits and hyphens',
      [[regionLetter, {...regionLetter, repeat: true}]],
      'eu-central-1',
    ),
  ],
  ['resources', {kind: 'list', words: 'a list of texts', required: true, example: '[]'}],
  ['detail', {kind: 'object', closed: false, words: 'an object', required: true}],
  [
    'replay-name',
    {...text('text of at least one character', [someText], 'replay-of-november'), required: false},
  ],
]

function text(words: string, form: readonly Glob[], example: string): FieldShape {
  return {kind: 'text', words, form, required: true, example: JSON.stringify(example)}
}

/**
 * The envelope of every event on an EventBridge bus: exactly these fields, `replay-name` only on replayed ones. What
 * stands in `detail` is free.
 */
export const envelopeShape: EventShape = {fields: new Map(fields), closed: true}

/**
 * A shape that says more: `more` are fields by their path, an object before the fields in it, such as what the contract of
 * a detail says. A field that the shape already has is replaced.
 */
export function extendShape(shape: EventShape, more: Iterable<readonly [string, FieldShape]>): EventShape {
  return {...shape, fields: new Map([...shape.fields, ...more])}
}
