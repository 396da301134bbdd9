import type {BatchResultErrorEntry} from '@aws-sdk/client-sqs'
import {ServiceError} from '../../service-error'
import {batchCodeOf} from './errors'

const maxEntries = 10

/**
 * Checks the entries of a batch as a whole. `kind` is the entries' name in SQS's answer. Throws `EmptyBatchRequest`,
 * `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`, `BatchEntryIdsNotDistinct`.
 */
export function checkEntries<E extends {Id: string | undefined}>(
  entries: readonly E[] | undefined,
  kind: string,
): readonly E[] {
  if (!entries || entries.length === 0) {
    throw new ServiceError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`)
  }
  if (entries.length > maxEntries) {
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
    )
  }
  const seen = new Set<string>()
  for (const {Id: id = ''} of entries) {
    if (!/^[\w-]{1,80}$/.test(id)) {
      throw new ServiceError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
    }
    if (seen.has(id)) throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`)
    seen.add(id)
  }
  return entries
}

/** Runs each entry: what it gives, and the entries that were refused, as SQS lists them. Anything but a ServiceError is thrown. */
export async function runEntries<E extends {Id: string | undefined}, R>(
  entries: readonly E[],
  run: (entry: E) => R | Promise<R>,
): Promise<{done: {entry: E; result: R}[]; failed: BatchResultErrorEntry[]}> {
  const done: {entry: E; result: R}[] = []
  const failed: BatchResultErrorEntry[] = []
  for (const entry of entries) {
    try {
      done.push({entry, result: await run(entry)})
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      failed.push({Id: entry.Id, SenderFault: true, Code: batchCodeOf(error), Message: error.message})
    }
  }
  return {done, failed}
}

/** SQS leaves a list of results out where it is empty; clients ask whether it is there. */
export function orAbsent<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}
