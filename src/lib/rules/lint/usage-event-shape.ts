import type {Pattern} from '../../pattern/pattern'
import type {EventShape, FieldShape, ValueShape} from '../../pattern/solve/event-shape'
import {envelopeShape, extendShape} from '../../pattern/solve/event-shape'
import type {RoadSettings} from '../../road/settings'
import type {UsageEventField} from '../../usage-event/fields'
import {usageEventFields} from '../../usage-event/fields'

/** The envelope, with a detail that keeps the contract of usage events. */
function usageEventShape(): EventShape {
  return extendShape(
    envelopeShape,
    usageEventFields().map((field) => [field.path, shapeOf(field)] as const),
  )
}

function shapeOf(field: UsageEventField): FieldShape {
  const {value, words} = valueOf(field)
  const example = field.type === 'object' ? undefined : JSON.stringify(field.example)
  return {
    ...value,
    words: `${words} in usage events`,
    required: field.required,
    ...(example === undefined ? {} : {example}),
  }
}

function valueOf({type, minimum, maximum}: UsageEventField): {value: ValueShape; words: string} {
  switch (type) {
    case 'string':
      return {value: {kind: 'text'}, words: 'text'}
    case 'boolean':
      return {value: {kind: 'boolean'}, words: 'true or false'}
    case 'object':
      return {value: {kind: 'object', closed: false}, words: 'an object'}
    case 'integer':
    case 'number': {
      const bounds = {
        ...(minimum === undefined ? {} : {minimum}),
        ...(maximum === undefined ? {} : {maximum}),
      }
      const integer = type === 'integer'
      const from = minimum === undefined ? '' : ` from ${minimum}`
      const to = maximum === undefined ? '' : ` to ${maximum}`
      const words = `${integer ? 'a whole number' : 'a number'}${from}${to}`
      return {value: {kind: 'number', ...bounds, integer}, words}
    }
  }
}

/** Whether only events of that detail-type can match. */
function asksFor(pattern: Pattern, detailType: string): boolean {
  return pattern.branches.every((branch) => {
    const alternatives = branch.get('detail-type')?.alternatives
    return alternatives?.every((test) => test.kind === 'string' && test.value === detailType) === true
  })
}

/**
 * What the events look like that a pattern is about: usage events where it asks for their detail-type and no other, any
 * event on a bus else.
 */
export function shapeFor({detailType}: Pick<RoadSettings, 'detailType'>): (pattern: Pattern) => EventShape {
  const usageEvents = usageEventShape()
  return (pattern) => (asksFor(pattern, detailType) ? usageEvents : envelopeShape)
}
