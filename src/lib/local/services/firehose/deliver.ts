import {tryParseArn} from '../../../core/arn'
import type {DeliveryFailure, DeliveryOutcome, DeliveryRequest, Platform} from '../../platform'
import type {Collection} from '../../store'
import type {Buffers} from './buffers'
import {enabledConversion} from './conversion'
import {delimiterOf} from './destination'
import {maxRecordBytes} from './put-records'
import {streamKey, type StreamRow} from './rows'
import type {StreamMetrics} from './stream-metrics'

/** What EventBridge calls on a stream. Which of the two it uses is its own choice, so a role needs both. */
const actions = ['firehose:PutRecord', 'firehose:PutRecordBatch']

/** Takes events that a rule sends to a stream, if the rule's role lets it. */
export function deliverTo(
  platform: Platform,
  streams: Collection<StreamRow>,
  buffers: Buffers,
  metrics: StreamMetrics,
) {
  return (request: DeliveryRequest): DeliveryOutcome => {
    const name = tryParseArn(request.targetArn)?.resource.replace('deliverystream/', '') ?? ''
    const stream = streams.get(streamKey(request.region, name))
    const failure = refusal(platform, request) ?? (stream ? undefined : missing(name, request.accountId))
    if (failure || !stream)
      return {failed: request.deliveries.map((_, index) => ({index, failure: failure ?? missing(name, '')}))}
    const failed: DeliveryOutcome['failed'] = []
    const parts = wholeRows(request, stream) ?? recordsOf(request, failed)
    if (parts.length === 0) return {failed}
    const count = request.deliveries.length - failed.length
    const now = platform.clock.now()
    const {stage, committed} = buffers.stage(stream, request.region, {parts, count}, now)
    // A part of several records holds the line breaks between them, which are not theirs.
    const bytes = parts.reduce((sum, part) => sum + part.length, 0) - (count - parts.length)
    return {
      stage,
      committed: () => {
        committed()
        metrics.put('PutRecordBatch', request.region, name, {records: count, bytes}, now)
      },
      failed,
    }
  }
}

/**
 * The rows as they come, where the stream ends its records as they do and leaves them as they are. One of a record's size holds
 * no record that is too large.
 */
function wholeRows({lines}: DeliveryRequest, {destination}: StreamRow): readonly Buffer[] | undefined {
  const fit =
    lines?.every((rows) => rows.length <= maxRecordBytes) &&
    delimiterOf(destination) === '\n' &&
    !enabledConversion(destination)
  return fit ? lines : undefined
}

/** Each event as a record; those that are too large are put into `failed`. */
function recordsOf(request: DeliveryRequest, failed: NonNullable<DeliveryOutcome['failed']>): Buffer[] {
  const records: Buffer[] = []
  for (const [index, {body}] of request.deliveries.entries()) {
    const record = Buffer.from(body, 'utf8')
    if (record.length > maxRecordBytes) failed.push({index, failure: tooLarge})
    else records.push(record)
  }
  return records
}

const tooLarge: DeliveryFailure = {
  code: 'INVALID_PARAMETER',
  message: `The event is larger than a record may be (${maxRecordBytes} bytes).`,
  retryable: false,
}

function missing(name: string, accountId: string): DeliveryFailure {
  return {
    code: 'NO_RESOURCE',
    message: `Firehose ${name} under account ${accountId} not found.`,
    retryable: false,
  }
}

function refusal(platform: Platform, request: DeliveryRequest): DeliveryFailure | undefined {
  for (const action of actions) {
    const refused = platform.roles.refusal({
      roleArn: request.roleArn ?? '',
      service: 'events.amazonaws.com',
      action,
      resource: request.targetArn,
      context: {'aws:SourceArn': request.ruleArn, 'aws:SourceAccount': request.accountId},
    })
    if (refused) {
      const code = refused.reason === 'denied' ? 'NO_PERMISSIONS' : 'FAILED_TO_ASSUME_ROLE'
      return {code, message: refused.message, retryable: false}
    }
  }
  return undefined
}
