import {parseArn} from '../../core/arn'
import type {Check, DoctorContext} from '../check'
import {broken, ok, skipped, warn} from '../finding'
import {evaluate} from '../policy/evaluate'

/** Without the queue, or without its policy, EventBridge drops what it cannot deliver. */
export const deadLetters: Check = {
  hop: 'dead-letters',
  after: ['credentials'],
  permissions: ['events:ListTargetsByRule', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
  run: async (context) => {
    const {reads, road, where, commands} = context
    const arn = await queueArn(context)
    if (arn === undefined) {
      return skipped(
        'No dead-letter queue is set: events that cannot be delivered are lost. --dlq NAME makes one.',
      )
    }
    const {resource: name, region, accountId} = parseArn(arn)
    const isOurs = region === where.region && accountId === where.accountId
    const remedy = isOurs ? commands.bind({'--dlq': name}) : `Mend it in account ${accountId}.`
    const queue = await reads.queue(arn)
    if (!queue) {
      return broken(
        `The dead-letter queue ${name} does not exist: events that cannot be delivered are lost.`,
        remedy,
      )
    }
    const decision = evaluate(queue.policyText === undefined ? [] : [queue.policyText], {
      action: 'sqs:SendMessage',
      resource: arn,
      service: 'events.amazonaws.com',
      context: {'aws:SourceArn': road.rule.arn, 'aws:SourceAccount': road.settings.accountId},
    })
    if (decision === 'denied' || decision === 'not-allowed') {
      const reason = `The policy of queue ${name} does not let rule ${road.rule.name} in: events that cannot be delivered are lost.`
      return broken(reason, remedy)
    }
    if (queue.messageCount > 0) {
      const words = ['sqs', 'receive-message', '--queue-url', queue.url, '--message-attribute-names', 'All']
      const count = queue.messageCount === 1 ? '1 event' : `${queue.messageCount} events`
      const look = commands.aws(...words, '--visibility-timeout', '0')
      return warn(`${count} could not be delivered and wait in queue ${name}; each says why.`, look)
    }
    if (decision === 'unknown') {
      return warn(`The policy of queue ${name} has conditions that cannot be judged from here.`)
    }
    return ok(`Queue ${name} takes what cannot be delivered, and is empty.`)
  },
}

/** The queue that the target has; where there is no target, the one that is asked for. */
async function queueArn({reads, road}: DoctorContext): Promise<string | undefined> {
  const target = (await reads.bus()) && (await reads.target())
  return target?.DeadLetterConfig?.Arn ?? road.queue?.arn
}
