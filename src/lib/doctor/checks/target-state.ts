import type {ActualTarget} from '../../binding/read/actual-road'
import type {Road} from '../../road/road'
import type {Check} from '../check'
import {broken, ok, warn} from '../finding'
import {evaluate} from '../policy/evaluate'
import type {Decision} from '../policy/evaluate'

/** A target that is no delivery stream: there, ready, and open to the rule. */
export const targetState: Check = {
  hop: 'target-state',
  after: ['credentials'],
  permissions: [
    ...[
      'sqs:GetQueueUrl',
      'sqs:GetQueueAttributes',
      'events:DescribeEventBus',
      'kinesis:DescribeStreamSummary',
    ],
    ...['logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'lambda:GetFunctionConfiguration'],
    ...['lambda:GetPolicy', 'states:DescribeStateMachine', 'events:DescribeApiDestination'],
  ],
  run: async ({reads, road, commands}) => {
    const {kind, target} = road
    const what = `${kind.words} ${target.name}`
    const found = await reads.targetThing()
    if (!found) {
      const reason = `There is no ${what}: EventBridge cannot deliver, and does not try again.`
      const create = kind.createCommand?.(target.name)
      const bind = commands.bind()
      return broken(reason, create === undefined ? bind : commands.inTurn(commands.inPlace(create), bind))
    }
    if (found.trouble !== undefined) return broken(`The ${what} ${found.trouble}.`)
    const decisions = grantDecisions(road, found)
    if (decisions.some((decision) => decision === 'denied' || decision === 'not-allowed')) {
      const reason = `The policy of the ${what} does not let rule ${road.rule.name} in: EventBridge cannot deliver.`
      return broken(reason, commands.bind())
    }
    if (decisions.includes('unknown')) {
      return warn(`The policy of the ${what} has conditions that cannot be judged from here.`)
    }
    return ok(`The ${what} is there${decisions.length > 0 ? ' and lets the rule in' : ''}.`)
  },
}

/** What the target's policy says to each thing that EventBridge must be able to do as itself. */
function grantDecisions({grant, rule, settings}: Road, {policy}: ActualTarget): Decision[] {
  const texts = policy === undefined ? [] : [JSON.stringify(policy)]
  const context = {'aws:SourceArn': rule.arn, 'aws:SourceAccount': settings.accountId}
  return (grant?.statements ?? []).flatMap((statement) =>
    [statement.Action].flat().map((action) =>
      evaluate(texts, {
        action,
        // The streams of a log group are named by a wildcard; any one of them will do.
        resource: [statement.Resource ?? ''].flat()[0]?.replace(/\*$/, 'any'),
        service: 'events.amazonaws.com',
        context,
      }),
    ),
  )
}
