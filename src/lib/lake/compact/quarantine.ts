import {gzipSync} from 'node:zlib'
import {Readable} from 'node:stream'
import {messageOf} from '../../core/errors'
import type {InputElement} from '../../events/input-element'
import {openObject} from '../../events/open-object'
import {textOf} from '../../events/open-input'
import {splitInput} from '../../events/split-input'
import {layout, rawLayouts} from '../../road/layout'
import {putObject} from '../put-object'
import type {LakeDeps, LakePlace} from './lake-deps'

/** A line of a raw object that is no event. */
export interface QuarantinedLine {
  object: string
  position: string
  reason: string
  text: string
}

/** Where the lines of a raw object that are no events are kept: the same hour, the same name. */
export function quarantineKey(key: string): string {
  const {folder} = rawLayouts.json
  const name = key.startsWith(folder) ? key.slice(folder.length) : key
  return `${layout.quarantineFolder}${name.replace(/\.gz$/, '')}.ndjson.gz`
}

/**
 * Keeps the lines of a raw object that are no events, each with its reason, in an object of their own; the raw object stays as it is. Answers
 * how many there are. Doing it again writes the same object again. Throws what S3 refuses.
 */
export async function quarantine(deps: LakeDeps, {bucket}: LakePlace, key: string): Promise<number> {
  const {body} = await openObject(deps.s3, {bucket, key, signal: deps.signal})
  if (!(body instanceof Readable)) return 0
  const lines: QuarantinedLine[] = []
  for await (const element of splitInput(textOf(body))) {
    const reason = reasonOf(element)
    if (reason === undefined) continue
    lines.push({object: `s3://${bucket}/${key}`, position: element.position, reason, text: element.text})
  }
  if (lines.length > 0) await put(deps, bucket, quarantineKey(key), lines)
  return lines.length
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
  return 'detail' in value || 'id' in value || 'source' in value
    ? undefined
    : 'It is no event of EventBridge.'
}

function put({s3}: LakeDeps, bucket: string, key: string, lines: readonly QuarantinedLine[]): Promise<void> {
  const body = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return putObject(s3, bucket, {key, body, contentType: 'application/x-ndjson'})
}
