import type {Platform} from '../../platform'
import type {Tables} from './rows'

/** Shows what came over a bus to its discoverer, where it has one that is started. */
export async function showToDiscoverer(
  platform: Platform,
  tables: Tables,
  {region, busArn, events}: {region: string; busArn: string; events: readonly unknown[]},
): Promise<void> {
  if (!tables.discoveredBuses.get(`${region}/${busArn}`)) return
  const schemas = await platform.service('schemas')
  schemas?.observe?.({region, events})
}
