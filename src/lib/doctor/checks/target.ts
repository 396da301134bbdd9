import type {Target} from '@aws-sdk/client-eventbridge'
import {targetDifferences} from '../../binding/plan/differences'
import type {Check} from '../check'
import {broken, ok, skippedAfter, warn} from '../finding'
import {isBusFull} from './quota'

type Input = Pick<Target, 'Input' | 'InputPath' | 'InputTransformer'>

/** A rule without the right target matches events and sends them nowhere. */
export const target: Check = {
  hop: 'target',
  after: ['bus'],
  permissions: ['events:DescribeRule', 'events:ListTargetsByRule'],
  run: async ({reads, road, commands}) => {
    if (!(await reads.rule())) return skippedAfter((await isBusFull(reads)) ? 'quota' : 'rule')
    const {arn, deadLetterArn} = road.target
    const found = await reads.target()
    const {name} = road.rule
    if (!found)
      return broken(`Rule ${name} has no target ${arn}: what it matches goes nowhere.`, commands.bind())
    if (found.Arn !== arn) {
      return broken(`Target ${found.Id} sends to ${found.Arn}, not to ${arn}.`, commands.bind())
    }
    const sent = inputSetting(found) ?? 'the whole event'
    const fields = targetDifferences(road.target, found)
    if (fields.includes('input')) {
      const asked = inputSetting(road.target.input) ?? 'the whole event'
      return broken(`Target ${found.Id} sends ${sent}, not ${asked}.`, commands.bind())
    }
    const twins = (await reads.targets()).filter((other) => other.Arn === arn)
    if (twins.length > 1) {
      const ids = twins.slice(1).flatMap(({Id: id}) => (id === undefined ? [] : [id]))
      const words = ['events', 'remove-targets', '--rule', name, '--event-bus-name', road.rule.bus]
      const reason = `Rule ${name} has ${twins.length} targets to ${arn}: every event is stored ${twins.length} times.`
      return warn(reason, commands.aws(...words, '--ids', ...ids))
    }
    if (deadLetterArn !== undefined && found.DeadLetterConfig?.Arn !== deadLetterArn) {
      return warn(`Target ${found.Id} does not use the dead-letter queue ${deadLetterArn}.`, commands.bind())
    }
    if (fields.length > 0) {
      return warn(`Target ${found.Id} is not as it is asked for: ${fields.join(', ')}.`, commands.bind())
    }
    return ok(`Rule ${name} sends ${sent} to ${arn}.`)
  },
}

function inputSetting({
  Input: input,
  InputPath: path,
  InputTransformer: transformer,
}: Input): string | undefined {
  if (input !== undefined) return 'a fixed text'
  if (path !== undefined && path !== '$') return `${path} of the event`
  return transformer && 'what an input transformer makes'
}
