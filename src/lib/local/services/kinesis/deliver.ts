import type {DeliveryFailure, DeliveryOutcome, DeliveryRequest, Platform} from '../../platform'
import {partitionKeyOf} from './partition-key'
import {sizeBytesOf, toRecord} from './put-records'
import type {NewRecord, RecordStore} from './record-store'
import type {Stream, StreamStore} from './stream-store'

/**
 * Takes events that a rule sends to a stream, if the rule's role lets it: one record an event, by the partition key that the
 * target names (`KinesisParameters`) or else the event's id. Nothing is written before the outcome's `stage`.
 */
export function deliverTo(streams: StreamStore, records: RecordStore, {roles, clock}: Platform) {
  return (request: DeliveryRequest): DeliveryOutcome => {
    const stream = streams.byArn(request.targetArn)
    const refused = refusal(request, roles) ?? (stream ? undefined : noResource(request.targetArn))
    if (refused || !stream) {
      const failure = refused ?? noResource(request.targetArn)
      return {failed: request.deliveries.map((_, index) => ({index, failure}))}
    }
    const taken: NewRecord[] = []
    const failed: NonNullable<DeliveryOutcome['failed']> = []
    for (const [index, delivery] of request.deliveries.entries()) {
      const key = partitionKeyOf(delivery.event ?? delivery.body, request.partitionKeyPath)
      const entry = {Data: Buffer.from(delivery.body, 'utf8'), PartitionKey: key}
      if (key === undefined) failed.push({index, failure: noKey(request.partitionKeyPath ?? '$.id')})
      else if (sizeBytesOf(entry) > stream.maxRecordSizeKiB * 1024)
        failed.push({index, failure: tooLarge(stream)})
      else taken.push(toRecord(entry, stream))
    }
    return {stage: () => void records.stage(stream, taken, clock.now()), failed}
  }
}

function refusal(request: DeliveryRequest, roles: Platform['roles']): DeliveryFailure | undefined {
  const refused = roles.refusal({
    roleArn: request.roleArn ?? '',
    service: 'events.amazonaws.com',
    action: 'kinesis:PutRecord',
    resource: request.targetArn,
    sourceArn: request.ruleArn,
  })
  const code = refused?.reason === 'denied' ? 'NO_PERMISSIONS' : 'FAILED_TO_ASSUME_ROLE'
  return refused && {code, message: refused.message, retryable: false}
}

function noResource(arn: string): DeliveryFailure {
  return {code: 'NO_RESOURCE', message: `The stream ${arn} does not exist.`, retryable: false}
}

function tooLarge({name, maxRecordSizeKiB}: Stream): DeliveryFailure {
  return {
    code: 'INVALID_PARAMETER',
    message: `The event is larger than a record of the stream ${name} may be (${maxRecordSizeKiB} KiB).`,
    retryable: false,
  }
}

function noKey(path: string): DeliveryFailure {
  return {
    code: 'INVALID_PARAMETER',
    message: `The event has no partition key of 1 to 256 characters at ${path}.`,
    retryable: false,
  }
}
