import {messageOf} from '../core/errors'
import {settleChoices} from './choices'
import {eventKind, eventOfEntry, type EventModel} from './event-model'
import {Inference, maxDepth} from './infer'
import {isDeeperThan, isShallowText} from './json-depth'
import {byCodeUnits, isJsonObject} from './json-object'
import {schemaName} from './schema-name'
import {plainTitle} from './to-openapi'

/** Kinds that are told apart. Thousands of detail types are data, and each would take memory of its own. */
const mostKinds = 1_000

/** Why a text is left out. */
export interface LeftOut {
  code: 'NOT_JSON' | 'NOT_AN_OBJECT' | 'JSON_TOO_DEEP' | 'TOO_MANY_KINDS'
  message: string
}

/** What was learned of one kind of event. */
export interface LearnedKind {
  /** The name under which a discoverer would store the schema. */
  name: string
  model: EventModel
  eventCount: number
}

interface Kind {
  name: string
  source: string | undefined
  detailType: string | undefined
  inference: Inference
}

/**
 * Learns the shapes of events of any kinds, as they come: EventBridge events and entries of PutEvents by their source and detail type,
 * which give the same schema, and all other JSON objects as one kind.
 */
export class EventKinds {
  private readonly byName = new Map<string, Kind>()
  /** The same by the words of the event, so that the name need not be made for each. */
  private readonly recent = new Map<string, Kind>()

  /** `plainName` is the name of the schema of all that is no event of EventBridge. */
  constructor(private readonly plainName: string = plainTitle) {}

  /** Adds the text of one event. Answers why where it is left out. */
  add(text: string): LeftOut | undefined {
    let document: unknown
    try {
      document = JSON.parse(text)
    } catch (error) {
      return {code: 'NOT_JSON', message: `It is not JSON: ${messageOf(error)}.`}
    }
    if (!isJsonObject(document)) return {code: 'NOT_AN_OBJECT', message: 'It is JSON, but not an object.'}
    const event = eventOfEntry(document) ?? document
    // The detail of an entry is a text of its own, whose brackets stand in the whole text too.
    if (!isShallowText(text, maxDepth) && isDeeperThan(event, maxDepth)) {
      return {code: 'JSON_TOO_DEEP', message: `It nests deeper than ${maxDepth} levels.`}
    }
    const kind = this.kindOf(event)
    if (!kind)
      return {code: 'TOO_MANY_KINDS', message: `It is of a further kind, beyond the first ${mostKinds}.`}
    kind.inference.addShallow(event)
    return undefined
  }

  /** What was learned so far, by name, with the choices for which there is evidence enough. */
  learned(): LearnedKind[] {
    const kinds = [...this.byName.values()].sort((a, b) => byCodeUnits(a.name, b.name))
    return kinds.map(({name, source, detailType, inference: {shape}}) => {
      settleChoices(shape)
      const model = source === undefined ? {title: name, shape} : {source, detailType, shape}
      return {name, model, eventCount: shape.count}
    })
  }

  private kindOf(event: unknown): Kind | undefined {
    const {source, detailType} = eventKind(event) ?? {}
    const asked = source === undefined ? '' : `${source.length} ${source} ${detailType ?? ''}`
    const recent = this.recent.get(asked)
    if (recent) return recent
    const name = source === undefined ? this.plainName : schemaName(source, detailType ?? '')
    const known = this.byName.get(name)
    if (!known && this.byName.size >= mostKinds) return undefined
    const kind = known ?? {name, source, detailType, inference: new Inference()}
    this.byName.set(name, kind)
    if (this.recent.size >= mostKinds) this.recent.clear()
    this.recent.set(asked, kind)
    return kind
  }
}
