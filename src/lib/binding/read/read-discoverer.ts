import type {DiscovererSummary} from '@aws-sdk/client-schemas'
import type {AwsClients} from '../../aws/clients'
import {isNotOffered} from '../../aws/not-offered'
import {allItems} from '../../aws/paginate'
import type {ActualRoad} from './actual-road'
import {readOrAbsent} from './read'

type Discovery = Pick<ActualRoad, 'discoverer' | 'lacksSchemas'>

/**
 * The schema discoverer of the bus with this ARN; a bus has one at most. Endpoints other than AWS may not have the
 * service: then there is none, and none can be made.
 */
export async function readDiscoverer(clients: AwsClients, sourceArn: string): Promise<Discovery> {
  try {
    return {discoverer: await findDiscoverer(clients, sourceArn)}
  } catch (error) {
    const isAws = clients.connection.endpoint === undefined
    if (isAws || !isNotOffered(error)) throw error
    return {discoverer: undefined, lacksSchemas: true}
  }
}

async function findDiscoverer(clients: AwsClients, sourceArn: string): Promise<Discovery['discoverer']> {
  const {ListDiscoverersCommand} = await import('@aws-sdk/client-schemas')
  const client = await clients.schemas()
  const found = await readOrAbsent('read the schema discoverers', () =>
    allItems<
      {NextToken?: string | undefined; Discoverers?: DiscovererSummary[] | undefined},
      DiscovererSummary
    >(
      (token) => client.send(new ListDiscoverersCommand({SourceArnPrefix: sourceArn, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Discoverers,
    ),
  )
  // The prefix also finds the buses whose names go on.
  const own = found?.find((discoverer) => discoverer.SourceArn === sourceArn)
  return own?.DiscovererId === undefined ? undefined : {id: own.DiscovererId, state: own.State}
}
