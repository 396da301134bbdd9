import {createInterface} from 'node:readline'
import {createGunzip} from 'node:zlib'
import {pipeline} from 'node:stream'
import {firstObject} from '../../../athena-sql/json-lines'
import type {HiveField} from '../../../athena-sql/hive-type'
import type {Blob, BlobStore} from '../../../blob-store'
import {Inference} from '../../../../schema-model/infer'
import {fieldsOf} from './column-types'

interface JsonObject {
  blob: Blob
  uri: string
  isGzip: boolean
  signal: AbortSignal
}

/**
 * The columns of an object of JSON documents: one a line, or several behind each other on one. A line that is none is passed over.
 * Throws TypeError where there is no document at all, and the signal's reason.
 */
export async function readJson(
  blobs: BlobStore,
  {blob, uri, isGzip, signal}: JsonObject,
): Promise<{columns: HiveField[]; recordCount: number}> {
  const inference = new Inference()
  let recordCount = 0
  const content = blobs.read(blob)
  // A failure of either stream destroys the other; whoever reads the lines sees it.
  const input = isGzip ? pipeline(content, createGunzip(), () => undefined) : content
  for await (const line of createInterface({input, crlfDelay: Infinity})) {
    signal.throwIfAborted()
    for (const document of documentsOf(line)) {
      inference.add(document)
      recordCount += 1
    }
  }
  if (recordCount === 0) {
    throw new TypeError(
      `${uri} is neither JSON nor Parquet, which is all that crawlers of the local endpoint read.`,
    )
  }
  return {columns: fieldsOf(inference.shape), recordCount}
}

function documentsOf(line: string): object[] {
  const text = line.replace(/^\ufeff/, '').trim()
  const whole = parsed(text)
  if (whole) return [whole]
  const documents: object[] = []
  for (let rest = text; rest !== '';) {
    const object = firstObject(rest)
    const document = object === undefined ? undefined : parsed(object)
    if (object === undefined || !document) break
    documents.push(document)
    rest = rest.slice(object.length).trimStart()
  }
  return documents
}

function parsed(text: string): object | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
