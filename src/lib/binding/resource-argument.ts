import {parseArn, tryParseArn} from '../core/arn'
import type {Arn} from '../core/arn'
import {OpError} from '../core/errors'
import {findKind, targetKinds} from '../road/targets/find-kind'
import {firehose} from '../road/targets/firehose'

interface Place {
  accountId: string
  region: string
}

/** Which target a binding means: a delivery stream into the lake by its name, or anything else by its ARN. */
export type TargetWords = {stream: string; targetArn: undefined} | {stream: undefined; targetArn: string}

/**
 * What a target ARN stands for. The ARN of a log group loses the `:*` that some calls answer with. Throws `BAD_ARN`,
 * `TARGET_UNSUPPORTED` and `ARN_ELSEWHERE` (all usage): a binding stays in one account and region.
 */
export function targetOfArgument(text: string, place: Place): TargetWords {
  const targetArn = text.replace(/^(arn:[^:]*:logs:.*):\*$/, '$1')
  const arn = parseArn(targetArn)
  const found = findKind(arn)
  if (!found) {
    throw new OpError('usage', 'TARGET_UNSUPPORTED', `${text} cannot be bound.`, {
      hint: `bind-target binds ${targetKinds.map((kind) => kind.arnForm).join(', ')}.`,
    })
  }
  refuseElsewhere(text, arn, place)
  return found.kind === firehose ? {stream: found.name, targetArn: undefined} : {stream: undefined, targetArn}
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
