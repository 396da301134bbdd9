import type {Check} from '../check'
import {broken, ok} from '../finding'

/** The stream itself: there, active, and one that EventBridge can put records on and S3 gets them from. */
export const stream: Check = {
  hop: 'stream',
  after: ['credentials'],
  permissions: ['firehose:DescribeDeliveryStream'],
  run: async ({reads, road, commands}) => {
    const {name} = road.stream
    const found = await reads.stream()
    if (!found) {
      const reason = `There is no delivery stream ${name}: EventBridge cannot deliver, and does not try again.`
      return broken(reason, commands.bind())
    }
    const {status, type, failure} = found
    if (status === 'CREATING') {
      return broken(`Delivery stream ${name} is still being made.`, commands.bind())
    }
    if (status !== 'ACTIVE') {
      const why = failure === undefined ? '' : `: ${failure}`
      const remove = commands.aws('firehose', 'delete-delivery-stream', '--delivery-stream-name', name)
      const reason = `Delivery stream ${name} is ${status ?? 'in no known state'}${why}. It takes a minute to be deleted and made anew.`
      return broken(reason, commands.inTurn(remove, commands.bind()))
    }
    if (type !== undefined && type !== 'DirectPut') {
      const reason = `Delivery stream ${name} reads from another source (${type}); EventBridge cannot put records on it.`
      return broken(
        reason,
        'Bind another one: --firehose NAME. What a stream reads from is settled when it is made.',
      )
    }
    if (!found.destination) {
      const reason = `Delivery stream ${name} does not write to S3, which the reports read.`
      return broken(reason, 'Bind another one: --firehose NAME.')
    }
    return ok(`Delivery stream ${name} is ACTIVE.`)
  },
}
