import {notFound} from './errors'
import type {DiscovererRow, Tables} from './tables'

/** The discoverer of that id in the region, with its key. Throws NotFoundException. */
export function findDiscoverer(
  tables: Tables,
  region: string,
  id: string | undefined,
): {key: string; row: DiscovererRow} {
  for (const {key, value} of tables.discoverers.list(`${region}/`))
    if (value.id === id) return {key, row: value}
  throw notFound(`Discoverer with id ${id ?? ''} does not exist.`)
}
