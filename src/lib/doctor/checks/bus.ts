import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import type {Check} from '../check'
import {broken, ok} from '../finding'

/** PutEvents answers an event id for a bus that does not exist, and drops the event. */
export const bus: Check = {
  hop: 'bus',
  after: ['credentials'],
  permissions: ['events:DescribeEventBus', 'events:ListEventBuses'],
  run: async ({clients, reads, road, where, commands}) => {
    const {name} = road.bus
    if (await reads.bus()) return ok(`Event bus ${name} is there.`)
    const others = await busNames(clients)
    const reason = `There is no event bus ${name} in region ${where.region}: events sent to it are lost.`
    const known = others.length === 0 ? '' : ` There are: ${others.join(', ')}.`
    if (name === 'default') {
      return broken(reason + known, 'The default bus cannot be made: check the region (--region).')
    }
    return broken(reason + known, commands.bind())
  },
}

const shownBuses = 10

async function busNames(clients: AwsClients): Promise<string[]> {
  const {ListEventBusesCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const buses = await allItems(
    (token) => client.send(new ListEventBusesCommand({NextToken: token})),
    (page) => page.NextToken,
    (page) => page.EventBuses,
  ).catch(() => [])
  const names = buses.flatMap(({Name: name}) => (name === undefined ? [] : [name]))
  return names.length > shownBuses ? [...names.slice(0, shownBuses), '...'] : names
}
