import {Readable} from 'node:stream'
import {messageOf} from '../../core/errors'
import type {InputElement} from '../../events/input-element'
import {openObject} from '../../events/open-object'
import {textOf} from '../../events/open-input'
import {splitInput} from '../../events/split-input'
import type {LakeDeps, LakePlace} from './lake-deps'

/** A line of a raw object that is no event. */
export interface QuarantinedLine {
  object: string
  position: string
  reason: string
  text: string
}

/** What the tool finds in a raw object, whatever an engine finds there. */
export interface RawContent {
  eventCount: number
  malformed: QuarantinedLine[]
  /** It breaks off, as a gzip file does that was cut short. */
  isDamaged: boolean
}

/** Reads the events of a raw object of JSON, wherever its lines end; `onEvent` gets the text of each. Throws what S3 refuses. */
export async function readRawObject(
  deps: LakeDeps,
  {bucket}: LakePlace,
  key: string,
  onEvent?: (text: string) => void,
): Promise<RawContent> {
  const content: RawContent = {eventCount: 0, malformed: [], isDamaged: false}
  const {body} = await openObject(deps.s3, {bucket, key, signal: deps.signal})
  if (!(body instanceof Readable)) return content
  for await (const element of splitInput(textOf(body))) {
    const {position, text} = element
    const reason = reasonOf(element)
    content.isDamaged ||= element.problem === 'INPUT_DAMAGED'
    if (reason === undefined) {
      content.eventCount += 1
      onEvent?.(text)
    } else content.malformed.push({object: `s3://${bucket}/${key}`, position, reason, text})
  }
  return content
}

/** Why an element is no event; undefined where it is one. */
function reasonOf({text, message, problem}: InputElement): string | undefined {
  if (problem !== undefined) return message ?? problem
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return messageOf(error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'It is no JSON object.'
  const {id, source, detail} = value as {id?: unknown; source?: unknown; detail?: {eventId?: unknown} | null}
  return id != null || source != null || detail?.eventId != null
    ? undefined
    : 'It is no event of EventBridge: it has no id, no source and no eventId.'
}
