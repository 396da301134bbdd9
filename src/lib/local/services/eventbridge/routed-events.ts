import type {Parcel, Route} from '../../parcel'

/** Events that rules have matched, gathered by the routes that they take. */
export class RoutedEvents {
  private readonly texts: string[] = []
  private readonly indexes = new Map<Route, number[]>()

  /** `matched` are the routes of each rule that the event matches; an event without any is left out. */
  add(text: string, matched: readonly (readonly Route[])[]): void {
    if (matched.length === 0) return
    const index = this.texts.push(text) - 1
    for (const routes of matched) {
      for (const route of routes) {
        const indexes = this.indexes.get(route)
        if (indexes) indexes.push(index)
        else this.indexes.set(route, [index])
      }
    }
  }

  /** What is to go out; undefined where no rule has matched anything. */
  parcel(acceptedAt: number): Parcel | undefined {
    if (this.texts.length === 0) return undefined
    const routes = [...this.indexes].map(([route, indexes]) => ({route, indexes}))
    return {acceptedAt, attempts: 0, events: this.texts, routes}
  }
}
