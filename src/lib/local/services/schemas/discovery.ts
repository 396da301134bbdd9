import {messageOf} from '../../../core/errors'
import {settleChoices} from '../../../schema-model/choices'
import {eventKind, type EventModel} from '../../../schema-model/event-model'
import {Inference} from '../../../schema-model/infer'
import {schemaName} from '../../../schema-model/schema-name'
import {emptyShape} from '../../../schema-model/shape'
import type {Clock} from '../../clock'
import {readDiscovered, storeDiscovered} from './discovered-row'
import {discoveredRegistry} from './discoverers'
import {schemaKey, type Tables} from './tables'

/** AWS takes minutes; a developer who has just sent an event does not want to. On the endpoint's clock. */
const discoveryDelayMs = 1_000
/** From so many versions on, changes are gathered for as long as AWS takes: a schema has 100 versions and no more. */
const manyVersions = 10
const gatheringDelayMs = 300_000
/** Kinds of events that are kept in memory; beyond that memory begins anew from what is stored. */
const maxKnown = 1_000
/** Choices are settled with so many events of a kind, and with every ten times as many: a version for each would be one too many. */
const firstSettling = 1_000

interface Known {
  region: string
  name: string
  kind: {source: string; detailType: string}
  /** Undefined: this schema is not changed any more, for a reason that was logged. */
  inference: Inference | undefined
  /** With so many events the choices are settled. */
  settleAt: number
  /** How many events the stored evidence counts. */
  storedCount: number
  /** Events that brought something new which is not stored yet: how many, since when the first, and what calls the storing off. */
  waiting: {count: number; since: number; callOff: () => void} | undefined
}

export interface DiscoveryOptions {
  tables: Tables
  clock: Clock
  log: (line: string) => void
}

/**
 * Schema discovery. Every event is counted into the shape of its kind; where the shape says something else by it, the schema is stored a
 * moment later as a version in `discovered-schemas`, and what came in between goes into the same version. What is not
 * stored yet is lost when the process is killed: the next event of that form brings it again.
 */
export class Discovery {
  private readonly known = new Map<string, Known>()
  /** The same by the words of the event, so that the name need not be made for each. */
  private readonly recent = new Map<string, Known>()

  constructor(private readonly options: DiscoveryOptions) {}

  /** Takes events of a bus with a started discoverer. Never throws: an event that cannot be read is left out and logged. */
  observe(seen: {region: string; events: readonly unknown[]}): void {
    for (const event of seen.events) {
      const kind = eventKind(event)
      if (kind) this.learn(this.knownOf(seen.region, kind), event)
    }
  }

  /** Stores what is new, and what was learned without being new. Never throws. */
  storeNow(): void {
    for (const known of this.known.values()) {
      if (known.waiting || known.inference?.shape.count !== known.storedCount) this.store(known)
    }
  }

  /** Forgets the region's shapes: a schema or version was deleted, and comes back with the next event. */
  forget(region: string): void {
    for (const [key, known] of this.known) {
      if (known.region !== region) continue
      known.waiting?.callOff()
      this.known.delete(key)
    }
    this.recent.clear()
  }

  pending(): {count: number; oldestAt: number | undefined} {
    const waiting = [...this.known.values()].flatMap((known) => known.waiting ?? [])
    const count = waiting.reduce((sum, one) => sum + one.count, 0)
    return {count, oldestAt: count > 0 ? Math.min(...waiting.map(({since}) => since)) : undefined}
  }

  private learn(known: Known, event: unknown): void {
    const {inference} = known
    if (!inference) return
    try {
      const isNew = inference.add(event)
      if (this.settle(known, inference) || isNew) this.wait(known)
    } catch (error) {
      this.options.log(`schema discovery: an event of ${known.name} was left out: ${messageOf(error)}`)
    }
  }

  private settle(known: Known, {shape}: Inference): boolean {
    if (shape.count < known.settleAt) return false
    known.settleAt *= 10
    return settleChoices(shape)
  }

  private wait(known: Known): void {
    if (known.waiting) {
      known.waiting.count += 1
      return
    }
    const {clock, tables} = this.options
    const row = tables.schemas.get(schemaKey(known.region, discoveredRegistry, known.name))
    const delayMs = (row?.nextVersion ?? 1) > manyVersions ? gatheringDelayMs : discoveryDelayMs
    const since = clock.now()
    known.waiting = {count: 1, since, callOff: clock.at(since + delayMs, () => this.store(known))}
  }

  private knownOf(region: string, kind: {source: string; detailType: string}): Known {
    const asked = `${region} ${kind.source} ${kind.detailType}`
    const recent = this.recent.get(asked)
    if (recent) return recent
    const known = this.knownByName(region, kind)
    if (this.recent.size >= maxKnown) this.recent.clear()
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
    const begun = {inference: undefined, settleAt: firstSettling, storedCount: 0, waiting: undefined}
    const known: Known = {region, name, kind, ...begun}
    this.known.set(key, known)
    this.guard(known, () => this.begin(known))
    return known
  }

  private begin(known: Known): void {
    const stored = readDiscovered(this.options.tables, known.region, known.name)
    known.inference = new Inference(stored?.shape ?? emptyShape())
    known.storedCount = known.inference.shape.count
    while (known.settleAt <= known.inference.shape.count) known.settleAt *= 10
  }

  private store(known: Known): void {
    known.waiting?.callOff()
    known.waiting = undefined
    this.guard(known, () => {
      if (!known.inference) return
      const {region, name, kind} = known
      const {shape} = known.inference
      known.storedCount = shape.count
      const model: EventModel = {...kind, shape}
      const at = this.options.clock.now()
      const version = storeDiscovered(this.options.tables, {region, name, model, at})
      if (version !== undefined)
        this.options.log(`schema discovery: ${name} has version ${version} in ${region}`)
    })
  }

  /** A schema that cannot be read or stored is left alone from then on, and the log says why once. */
  private guard(known: Known, act: () => void): void {
    try {
      act()
    } catch (error) {
      known.inference = undefined
      this.options.log(`schema discovery: ${known.name} is left as it is: ${messageOf(error)}`)
    }
  }
}
