import type {ApplyContext} from './apply-context'
import type {Change} from '../change'

/** Makes the bus's schema discoverer, which starts it, or starts the one that is stopped. */
export async function applyDiscoverer(context: ApplyContext, change: Change): Promise<void> {
  const {CreateDiscovererCommand, StartDiscovererCommand} = await import('@aws-sdk/client-schemas')
  const client = await context.clients.schemas()
  const {sourceArn, description, tags} = context.road.discoverer
  const {discoverer} = context.actual
  await (change.action === 'update' && discoverer
    ? client.send(new StartDiscovererCommand({DiscovererId: discoverer.id}))
    : client.send(new CreateDiscovererCommand({SourceArn: sourceArn, Description: description, Tags: tags})))
}
