import {linesOf, type Parcel, type Route} from './parcel'

/** A parcel that is on disk, and its row there. */
export interface ReadyParcel {
  key: string
  parcel: Parcel
  row: Buffer
}

/** One event of a parcel. */
export interface Item {
  event: string
  parcel: Parcel
}

/** What one route takes in one round. */
export interface Group {
  route: Route
  items: Item[]
  /** Whole rows, as long as the route takes every event of each and its target takes events as they are. */
  lines: Buffer[] | undefined
}

/** The parcels of a round by the routes that their events take, so that each target is called once. */
export function groupByRoute(round: readonly ReadyParcel[]): Group[] {
  const groups = new Map<string, Group>()
  for (const {parcel, row} of round) {
    for (const {route, indexes} of parcel.routes) {
      const key = keyOf(route)
      let group = groups.get(key)
      // A target with an input of its own does not take the rows as they are.
      if (!group) groups.set(key, (group = {route, items: [], lines: route.input ? undefined : []}))
      if (indexes.length === parcel.events.length) group.lines?.push(linesOf(row))
      else group.lines = undefined
      for (const index of indexes) {
        const event = parcel.events[index]
        if (event !== undefined) group.items.push({event, parcel})
      }
    }
  }
  return [...groups.values()]
}

function keyOf(route: Route): string {
  const key = `${route.ruleArn} ${route.targetArn} ${route.roleArn ?? ''} ${route.deadLetterArn ?? ''}`
  const {input, partitionKeyPath} = route
  return input || partitionKeyPath ? `${key} ${JSON.stringify([input, partitionKeyPath])}` : key
}
