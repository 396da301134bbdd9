import {backoffMs} from '../retry/backoff'
import type {RequestFailure} from '../retry/retryable'
import {classifyRequestFailure, isRetryableEntryCode, isThrottlingCode} from '../retry/retryable'
import type {PublishRun, PutItem} from './publish'
import type {PutResult} from './put-entry'

interface Failed {
  item: PutItem
  code: string
  message: string
}

/**
 * Sends one batch until every entry of it is accepted or rejected. Failures of the service are accounted for, not thrown.
 * `resent` says that these entries were sent in a request before, and were counted as retried.
 */
export async function sendBatch(run: PublishRun, batch: readonly PutItem[], resent = false): Promise<void> {
  let failed: readonly Failed[] = batch.map((item) => ({item, code: '', message: ''}))
  for (let attempt = 1; failed.length > 0; attempt++) {
    if (attempt > 1) await run.options.sleep(backoffMs(attempt - 1, run.options.retry, run.options.random))
    if (!isOver(run)) await run.pace.take(failed.length)
    if (isOver(run)) return rejectUnsent(run, failed)
    if (attempt === 2 && !resent) run.counts.retriedCount += failed.length

    const items = failed.map((f) => f.item)
    const answer = await request(run, items)
    if (isSpoilt(answer) && items.length > 1) return sendSingly(run, items, resent || attempt > 1)
    const isLast = attempt >= run.options.retry.maxAttempts
    failed =
      'failure' in answer ? await afterFailure(run, items, answer, isLast) : await account(run, items, answer)
    if (isLast) return rejectAll(run, failed)
  }
}

function isOver({stopped, options}: PublishRun): boolean {
  return stopped !== undefined || options.signal?.aborted === true
}

function isSpoilt(answer: readonly PutResult[] | FailedRequest): boolean {
  return 'failure' in answer && answer.failure.class === 'split'
}

/** One of the entries makes the service refuse all of them: alone, only that one is refused. */
async function sendSingly(run: PublishRun, items: readonly PutItem[], resent: boolean): Promise<void> {
  if (!resent) run.counts.retriedCount += items.length
  for (const item of items) await sendBatch(run, [item], true)
}

interface FailedRequest {
  failure: RequestFailure
  cause: unknown
}

async function request(
  run: PublishRun,
  items: readonly PutItem[],
): Promise<readonly PutResult[] | FailedRequest> {
  try {
    const results = await run.options.put(items.map((item) => item.entry))
    if (results.length === items.length) return results
    const message = `PutEvents answered ${results.length} results for ${items.length} entries.`
    return {failure: {class: 'retry', code: 'BAD_ANSWER', message}, cause: undefined}
  } catch (cause) {
    return {failure: classifyRequestFailure(cause), cause}
  }
}

/** Counts what was accepted, rejects what will never be; answers the entries that are worth another try. */
async function account(
  run: PublishRun,
  items: readonly PutItem[],
  results: readonly PutResult[],
): Promise<Failed[]> {
  const accepted: number[] = []
  const failed: Failed[] = []
  for (const [i, item] of items.entries()) {
    const result = results[i]
    if (result?.eventId !== undefined && result.errorCode === undefined) accepted.push(item.number)
    else failed.push({item, code: result?.errorCode ?? 'UnknownError', message: result?.errorMessage ?? ''})
  }
  if (accepted.length > 0) {
    run.accept(accepted)
    run.pace.accepted()
  }
  if (failed.some(({code}) => isThrottlingCode(code))) run.pace.throttled()
  await rejectAll(
    run,
    failed.filter(({code}) => !isRetryableEntryCode(code)),
  )
  return failed.filter(({code}) => isRetryableEntryCode(code))
}

/**
 * Answers the entries of a failed request that are worth another try. Otherwise rejects them, and stops the run where every
 * other request would fail too: the caller is refused, or the service was out of reach for all attempts.
 */
async function afterFailure(
  run: PublishRun,
  items: readonly PutItem[],
  {failure, cause}: FailedRequest,
  isLast: boolean,
): Promise<Failed[]> {
  const {class: kind, code, message} = failure
  const failed = items.map((item) => ({item, code, message}))
  if (kind === 'throttled') run.pace.throttled()
  if ((kind === 'retry' || kind === 'throttled') && !isLast) return failed
  const endsAll = kind === 'fatal' || (kind === 'retry' && cause !== undefined)
  if (endsAll) run.stopped ??= {code, message, cause}
  await rejectAll(run, failed, endsAll)
  return []
}

async function rejectUnsent(run: PublishRun, failed: readonly Failed[]): Promise<void> {
  const reason = run.stopped ?? {
    code: 'INTERRUPTED',
    message: 'The run was stopped before this event was accepted.',
  }
  await rejectAll(
    run,
    failed.map(({item}) => ({item, code: reason.code, message: reason.message})),
    true,
  )
}

async function rejectAll(run: PublishRun, failed: readonly Failed[], isPending = false): Promise<void> {
  for (const {item, code, message} of failed) {
    const {position, entry, number} = item
    await run.reject({code, message, position, entry}, number, isPending)
  }
}
