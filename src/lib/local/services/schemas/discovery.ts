import {messageOf} from '../../../core/errors'
import {covers} from '../../../schema-model/covers'
import {eventKind, type EventModel} from '../../../schema-model/event-model'
import {addToShape, maxDepth} from '../../../schema-model/infer'
import {jsonDepth} from '../../../schema-model/json-depth'
import {schemaName} from '../../../schema-model/schema-name'
import {emptyShape} from '../../../schema-model/shape'
import type {Clock} from '../../clock'
import {readDiscovered, storeDiscovered} from './discovered-row'
import type {Tables} from './tables'

/** AWS takes minutes; a developer who has just sent an event does not want to. On the endpoint's clock. */
const discoveryDelayMs = 1_000
/** Events that brought something new and are not stored yet, at most; more are stored at once. */
const maxWaiting = 1_000
/** Kinds of events that are kept in memory; beyond that memory begins anew from what is stored. */
const maxKnown = 1_000

interface Known {
  region: string
  name: string
  /** Undefined: this schema is not changed any more, for a reason that was logged. */
  model: EventModel | undefined
  /** Something is not stored yet. */
  changed: boolean
}

export interface DiscoveryOptions {
  tables: Tables
  clock: Clock
  log: (line: string) => void
}

/**
 * Schema discovery. Every event is read; one that the known shape of its kind covers passes (by far the most), any other is merged into
 * the shape, and a moment later the changed shapes are stored as versions in `discovered-schemas`. What is not stored yet is lost
 * when the process is killed: the next event of that form brings it again.
 */
export class Discovery {
  private readonly known = new Map<string, Known>()
  /** The same by the words of the event, so that the name need not be made for each. */
  private readonly recent = new Map<string, Known>()
  private waitingCount = 0
  private waitingSince: number | undefined

  constructor(private readonly options: DiscoveryOptions) {}

  /** Takes events of a bus with a started discoverer. Never throws: an event that cannot be read is left out and logged. */
  observe(seen: {region: string; events: readonly unknown[]}): void {
    for (const event of seen.events) {
      try {
        this.look(seen.region, event)
      } catch (error) {
        this.options.log(`schema discovery: an event was left out: ${messageOf(error)}`)
      }
    }
  }

  /** Stores what is new. Never throws. */
  storeNow(): void {
    this.waitingCount = 0
    this.waitingSince = undefined
    for (const known of this.known.values()) if (known.changed) this.store(known)
  }

  /** Forgets the region's shapes: a schema or version was deleted, and comes back with the next event. */
  forget(region: string): void {
    for (const [key, known] of this.known) if (known.region === region) this.known.delete(key)
    this.recent.clear()
  }

  pending(): {count: number; oldestAt: number | undefined} {
    return {count: this.waitingCount, oldestAt: this.waitingSince}
  }

  private look(region: string, event: unknown): void {
    const kind = eventKind(event)
    if (!kind) return
    const known = this.knownOf(region, kind)
    if (!known.model || covers(known.model.shape, event)) return
    const depth = jsonDepth(event)
    if (depth > maxDepth) {
      this.options.log(`schema discovery: an event of ${known.name} nests ${depth} levels and was left out`)
      return
    }
    addToShape(known.model.shape, event)
    known.changed = true
    this.waitingCount += 1
    if (this.waitingCount >= maxWaiting) this.storeNow()
    else this.arm()
  }

  private knownOf(region: string, kind: {source: string; detailType: string}): Known {
    const asked = `${region} ${kind.source} ${kind.detailType}`
    const recent = this.recent.get(asked)
    if (recent) return recent
    const known = this.knownByName(region, kind)
    this.recent.set(asked, known)
    return known
  }

  private knownByName(region: string, kind: {source: string; detailType: string}): Known {
    const name = schemaName(kind.source, kind.detailType)
    const key = `${region}/${name}`
    const found = this.known.get(key)
    if (found) return found
    if (this.known.size >= maxKnown) {
      this.storeNow()
      this.known.clear()
      this.recent.clear()
    }
    const known: Known = {region, name, model: {...kind, shape: emptyShape()}, changed: false}
    this.known.set(key, known)
    this.guard(known, () => (known.model = readDiscovered(this.options.tables, region, name) ?? known.model))
    return known
  }

  private store(known: Known): void {
    known.changed = false
    this.guard(known, () => {
      if (!known.model) return
      const {region, name, model} = known
      const version = storeDiscovered(this.options.tables, {
        region,
        name,
        model,
        at: this.options.clock.now(),
      })
      if (version !== undefined)
        this.options.log(`schema discovery: ${name} has version ${version} in ${region}`)
    })
  }

  /** A schema that cannot be read or stored is left alone from then on, and the log says why once. */
  private guard(known: Known, act: () => void): void {
    try {
      act()
    } catch (error) {
      known.model = undefined
      this.options.log(`schema discovery: ${known.name} is left as it is: ${messageOf(error)}`)
    }
  }

  private arm(): void {
    if (this.waitingSince !== undefined) return
    this.waitingSince = this.options.clock.now()
    this.options.clock.at(this.waitingSince + discoveryDelayMs, () => this.storeNow())
  }
}
