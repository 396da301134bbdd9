import {Readable} from 'node:stream'
import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'
import {listObjects} from '../aws/list-objects'
import {OpError} from '../core/errors'
import type {InputElement} from './input-element'
import {textOf} from './open-input'
import {openObject, type OpenedObject} from './open-object'
import {splitInput} from './split-input'

/** A bucket, and what the keys of the objects begin with; everything where it is empty. */
export interface ObjectPlace {
  bucket: string
  prefix: string
}

/** A bucket, and what the keys may begin with, in the order in which they are read. */
export interface ObjectPlaces {
  bucket: string
  prefixes: readonly string[]
}

/** The next objects are asked for while one is read: most of the time of a small object is the wait for its first byte. */
const objectsAhead = 4

/** `s3://BUCKET/PREFIX` or `s3://BUCKET`; undefined where a text begins otherwise. Throws `BAD_S3_ADDRESS` (usage) for one without a bucket. */
export function parseS3Address(text: string): ObjectPlace | undefined {
  if (!text.startsWith('s3://')) return undefined
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(text) ?? []
  if (bucket !== undefined) return {bucket, prefix}
  throw new OpError('usage', 'BAD_S3_ADDRESS', `"${text}" names no bucket.`, {
    hint: 'It is written s3://BUCKET/PREFIX, for example s3://usage-111122223333-eu-west-1/events/.',
  })
}

export interface StoredEvents {
  /** The lines and elements of all objects, in the order of their keys; each place begins with the object's key. */
  elements: AsyncIterable<InputElement>
  /** Objects that were read so far, and objects of Parquet that were left out. */
  counts: {objectCount: number; leftOutCount: number}
}

/**
 * Reads the objects under a prefix one after the other, gzip too; memory holds one piece of each of a few objects. An object that is
 * gone when its turn comes is an element of the problem `INPUT_DAMAGED`. The elements throw `OBJECTS_ABSENT` (absent) where
 * nothing lies there, and what S3 refuses.
 */
export function storedEvents(
  client: S3Client,
  {bucket, prefix}: ObjectPlace,
  signal: AbortSignal,
): StoredEvents {
  const stored = storedEventsUnder(client, {bucket, prefixes: [prefix]}, signal)
  async function* elements(): AsyncGenerator<InputElement> {
    yield* stored.elements
    if (stored.counts.objectCount + stored.counts.leftOutCount === 0) throw nothingThere({bucket, prefix})
  }
  return {elements: elements(), counts: stored.counts}
}

/** The same for several prefixes one after the other, under which nothing need lie. */
export function storedEventsUnder(client: S3Client, places: ObjectPlaces, signal: AbortSignal): StoredEvents {
  const counts = {objectCount: 0, leftOutCount: 0}
  async function* elements(): AsyncGenerator<InputElement> {
    for await (const {key, body} of openedInTurn(keysUnder(client, places, counts), (next) =>
      openObject(client, {bucket: places.bucket, key: next, signal}),
    )) {
      counts.objectCount += 1
      if ('gone' in body) yield goneElement(key, body.gone)
      else for await (const element of splitInput(textOf(body))) yield atKey(key, element)
    }
  }
  return {elements: elements(), counts}
}

function atKey(key: string, element: InputElement): InputElement {
  return {...element, position: `${key}, ${element.position}`}
}

function goneElement(key: string, reason: string): InputElement {
  return {text: '', position: key, problem: 'INPUT_DAMAGED', message: `It cannot be read: ${reason}.`}
}

function nothingThere({bucket, prefix}: ObjectPlace): OpError {
  return new OpError('absent', 'OBJECTS_ABSENT', `No object lies under s3://${bucket}/${prefix}.`, {
    hint: `See what is there: aws s3 ls s3://${bucket}/ --recursive`,
  })
}

async function* keysUnder(
  client: S3Client,
  {bucket, prefixes}: ObjectPlaces,
  counts: {leftOutCount: number},
): AsyncGenerator<string> {
  for (const prefix of prefixes) yield* keysOf(client, {bucket, prefix}, counts)
}

/** The keys that hold something; markers of folders are empty, and Parquet is no JSON. */
async function* keysOf(
  client: S3Client,
  {bucket, prefix}: ObjectPlace,
  counts: {leftOutCount: number},
): AsyncGenerator<string> {
  try {
    for await (const {Key: key, Size: sizeBytes} of listObjects(client, {bucket, prefix})) {
      if (key === undefined || sizeBytes === 0) continue
      if (key.endsWith('.parquet')) counts.leftOutCount += 1
      else yield key
    }
  } catch (error) {
    throw toOpError(error, `list the objects under s3://${bucket}/${prefix}`)
  }
}

/** Opens what the keys name, some keys ahead; answers in the order of the keys. Closes what was opened in vain. */
async function* openedInTurn(
  keys: AsyncIterable<string>,
  open: (key: string) => Promise<OpenedObject>,
): AsyncGenerator<OpenedObject> {
  const opened: Promise<OpenedObject>[] = []
  try {
    for await (const key of keys) {
      const opening = open(key)
      // Whoever awaits it gets the error; until then it must not count as one that nobody caught.
      opening.catch(() => undefined)
      opened.push(opening)
      const first = opened.length > objectsAhead ? opened.shift() : undefined
      if (first) yield await first
    }
    for (let first = opened.shift(); first; first = opened.shift()) yield await first
  } finally {
    for (const opening of opened)
      void opening.then(
        ({body}) => closeBody(body),
        () => undefined,
      )
  }
}

function closeBody(body: OpenedObject['body']): void {
  if (body instanceof Readable) body.destroy()
}
