import type {KnownField} from '../../core/where-field'

function text(path: string, description: string): KnownField {
  return {path, type: 'string', isFree: false, description}
}

/**
 * What EventBridge puts around every event, in the order in which it writes it into a pattern. All of it is text, `resources` a
 * list of texts; `detail` is what the event's producer has sent.
 */
export const envelopeFields: readonly KnownField[] = [
  text('source', 'Who has sent the event.'),
  text('detail-type', 'What kind of event it is.'),
  text('account', 'Account that the event was sent in, 12 digits.'),
  text('region', 'Region that the event was sent in.'),
  text('resources', 'ARNs of what the event is about.'),
  text('time', 'When it happened, in UTC: 2026-11-03T09:15:27Z.'),
  text('id', 'Identity that EventBridge gave the event.'),
  text('version', 'Version of the envelope.'),
  text('replay-name', 'Name of the replay, on events that an archive has sent again.'),
  {path: 'detail', type: 'object', isFree: true, description: 'What the producer has sent.'},
]

/** The type of a field of the envelope; undefined for other paths. */
export function envelopeType(path: string): KnownField['type'] | undefined {
  return envelopeFields.find((field) => field.path === path)?.type
}
