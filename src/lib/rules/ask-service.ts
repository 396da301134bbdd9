import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {toOpError} from '../aws/map-sdk-error'
import {messageOf, OpError} from '../core/errors'
import type {AskService} from './test-events'

/** By these the service says no to the pattern or to the event, and not to who asks. */
const refusals: ReadonlySet<string> = new Set(['InvalidEventPatternException', 'ValidationException'])

/**
 * Asks EventBridge itself, with TestEventPattern. It wants whole events: one without `id`, `account`, `source`, `time`,
 * `region` or `detail-type` is refused, which is an answer too. Throws `BAD_ANSWER` (service) where it says neither yes nor no,
 * and what the service says otherwise.
 */
export function askEventBridge(client: EventBridgeClient): AskService {
  return async (pattern, eventText) => {
    const {TestEventPatternCommand} = await import('@aws-sdk/client-eventbridge')
    try {
      const answer = await client.send(
        new TestEventPatternCommand({EventPattern: pattern.text, Event: eventText}),
      )
      if (answer.Result !== undefined) return {matched: answer.Result}
    } catch (error) {
      if (error instanceof Error && refusals.has(error.name)) return {refused: messageOf(error)}
      throw toOpError(error, 'ask EventBridge whether the pattern matches')
    }
    throw new OpError('service', 'BAD_ANSWER', 'The endpoint did not say whether the pattern matches.', {
      hint: 'It may not have this operation. Leave out --remote, or work on AWS.',
    })
  }
}
