import type {TestEventPatternCommandInput, TestEventPatternCommandOutput} from '@aws-sdk/client-eventbridge'
import {OpError} from '../../../core/errors'
import type {Pattern} from '../../../pattern/pattern'
import {awsMessage, parsePattern, PatternError} from '../../../pattern/parse-pattern'
import {RuleSet} from '../../../pattern/rule-set'
import {ServiceError} from '../../service-error'

/** The pattern's parsed form. Throws InvalidEventPatternException in the service's words. */
export function checkPattern(text: string): Pattern {
  try {
    return parsePattern(text)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    throw new ServiceError('InvalidEventPatternException', awsMessage(error, text))
  }
}

/** TestEventPattern: whether an event, given as JSON text, matches a pattern. */
export function testEventPattern(
  input: TestEventPatternCommandInput,
): Omit<TestEventPatternCommandOutput, '$metadata'> {
  const rules = RuleSet.compile([{key: 'it', pattern: checkPattern(input.EventPattern ?? '')}])
  const event = input.Event ?? ''
  checkEvent(event)
  try {
    return {Result: rules.match(event).length > 0}
  } catch (error) {
    if (error instanceof OpError && error.code === 'BAD_EVENT') throw badEvent()
    throw error
  }
}

const wantedFields = ['id', 'account', 'source', 'time', 'region', 'detail-type'] as const

/** The documentation asks for `resources` too; events without it were seen to work. */
function checkEvent(text: string): void {
  const event = parseObject(text)
  const missing = wantedFields.find((field) => !Object.hasOwn(event, field))
  if (missing) {
    throw new ServiceError(
      'ValidationException',
      `Parameter Event is not valid. Reason: The field "${missing}" is missing.`,
    )
  }
}

function parseObject(text: string): object {
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Refused below, in the same words as JSON that is no object.
  }
  throw badEvent()
}

function badEvent(): ServiceError {
  return new ServiceError('ValidationException', 'Parameter Event is not valid.')
}
