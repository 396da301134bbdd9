import {awsMessage, parsePattern, PatternError} from '../../../src/lib/pattern/parse-pattern'
import type {Pattern} from '../../../src/lib/pattern/pattern'
import {RuleSet} from '../../../src/lib/pattern/rule-set'
import type {Sample} from './samples'

/** What only the service refuses: the library takes wildcards of any complexity and any number of branches. */
const limits = /^Rule is too complex/

/** The key of `$or`, its characters perhaps escaped. */
const hasOr = /"(\$|\\u0024)(o|\\u006f)(r|\\u0072)"/

export type Verdict = 'true' | 'false' | 'invalid' | 'over the limits'

/** A pattern, or why it is refused; `limits` says that the library would not refuse it. */
export function read(text: string): {pattern: Pattern} | {refused: PatternError; verdict: Verdict} {
  try {
    return {pattern: parsePattern(text)}
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return {refused: error, verdict: limits.test(error.reason) ? 'over the limits' : 'invalid'}
  }
}

/** Whether our matcher says that a pattern matches an event, from its text and, where nothing is lost, parsed. */
export function verdictOf({pattern: patternText, event, hasTwins}: Sample): string {
  const reading = read(patternText)
  if ('verdict' in reading) return reading.verdict
  const rules = RuleSet.compile([{key: 0, pattern: reading.pattern}])
  const fromText = String(rules.match(event).length === 1)
  if (hasTwins) return fromText
  const parsed = String(rules.matchParsed(JSON.parse(event), event).length === 1)
  return parsed === fromText ? fromText : `${fromText} from text, ${parsed} parsed`
}

/** For each sample, what our matcher says of its event when the rules of all samples stand together; undefined if invalid. */
export function verdictsTogether(samples: readonly Sample[]): (string | undefined)[] {
  const patterns = samples.flatMap(({pattern: text}, key) => {
    const reading = read(text)
    return 'pattern' in reading ? [{key, pattern: reading.pattern}] : []
  })
  const valid = new Set(patterns.map(({key}) => key))
  const rules = RuleSet.compile(patterns)
  return samples.map(({event}, key) =>
    valid.has(key) ? String(rules.match(event).includes(key)) : undefined,
  )
}

/** The message of the service for a pattern without its introduction; undefined for a valid pattern. */
export function reasonOf(text: string): string | undefined {
  const reading = read(text)
  if ('pattern' in reading) return undefined
  return awsMessage(reading.refused, text).replace('Event pattern is not valid. Reason: ', '')
}

/**
 * The message of the library in an answer of Oracle.java, as the service passes it on: for a pattern with `$or` what adding
 * the rule says, which is the older compiler's word; for another what the newer compiler says.
 */
export function theirReason(answer: string, text: string): string | undefined {
  if (!answer.startsWith('invalid: ')) return undefined
  const {thrown, checked} = JSON.parse(answer.slice('invalid: '.length)) as {
    thrown: string | null
    checked: string | null
  }
  const reason = hasOr.test(text) ? thrown : (checked ?? thrown)
  return reason ?? 'an error without words'
}
