import {defaultNames, defaultPattern} from '../../road/settings'
import {sameJsonText} from '../plan/canonical'

/** What a rule's pattern says of the road: source and detail-type of its events, and the rest. */
export interface AdoptedPattern {
  source: string | undefined
  detailType: string | undefined
  /** The pattern itself, where it is not the one of all usage events of that source and detail-type. */
  pattern: Record<string, unknown> | string | undefined
}

/** Takes a valid pattern apart. A source is that of usage events where it is the only one that the rule matches. */
export function adoptPattern(text: string): AdoptedPattern {
  const pattern = JSON.parse(text) as Record<string, unknown>
  const source = onlyText(pattern['source'])
  const detailType = onlyText(pattern['detail-type'])
  const standard = defaultPattern(source ?? defaultNames.source, detailType ?? defaultNames.detailType)
  return {source, detailType, pattern: sameJsonText(standard, text) ? undefined : exact(pattern, text)}
}

/** The text itself where a number in it is one that JavaScript does not hold. */
function exact(pattern: Record<string, unknown>, text: string): Record<string, unknown> | string {
  return sameJsonText(JSON.stringify(pattern), text) ? pattern : text
}

function onlyText(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 1) return undefined
  const [only] = value as unknown[]
  return typeof only === 'string' ? only : undefined
}
