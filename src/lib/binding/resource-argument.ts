import {parseArn, tryParseArn} from '../core/arn'
import type {Arn} from '../core/arn'
import {OpError} from '../core/errors'

interface Place {
  accountId: string
  region: string
}

/**
 * The name of the delivery stream that a target ARN stands for. Throws `BAD_ARN`, `TARGET_UNSUPPORTED` and `ARN_ELSEWHERE`
 * (all usage): EventBridge refuses a stream of another account or region as a target.
 */
export function streamOfTarget(text: string, place: Place): string {
  const arn = parseArn(text)
  const name = /^deliverystream\/(.+)$/.exec(arn.resource)?.[1]
  if (arn.service !== 'firehose' || name === undefined) {
    throw new OpError('usage', 'TARGET_UNSUPPORTED', `${text} cannot be bound.`, {
      hint: 'bind-target binds Firehose delivery streams: arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME.',
    })
  }
  refuseElsewhere(text, arn, place)
  return name
}

/** The name of the queue that `--dlq NAME|ARN` means. Throws `BAD_ARN` and `ARN_ELSEWHERE` (usage). */
export function queueOfArgument(text: string, place: Place): string {
  const arn = tryParseArn(text)
  if (!arn) return text
  if (arn.service !== 'sqs') {
    throw new OpError('usage', 'BAD_ARN', `${text} is not the ARN of a queue.`, {
      hint: 'A dead-letter queue is a standard SQS queue: arn:aws:sqs:REGION:ACCOUNT:NAME.',
    })
  }
  refuseElsewhere(text, arn, place)
  return arn.resource
}

function refuseElsewhere(text: string, arn: Arn, place: Place): void {
  if (arn.region === place.region && arn.accountId === place.accountId) return
  throw new OpError(
    'usage',
    'ARN_ELSEWHERE',
    `${text} is not in account ${place.accountId} and region ${place.region}, where the rule is.`,
    {hint: 'A rule, its target and its dead-letter queue are bound in one account and region.'},
  )
}
