import type {
  DecreaseStreamRetentionPeriodCommandInput,
  DecreaseStreamRetentionPeriodCommandOutput,
  IncreaseStreamRetentionPeriodCommandInput,
  IncreaseStreamRetentionPeriodCommandOutput,
} from '@aws-sdk/client-kinesis'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {StreamStore} from './stream-store'

const minHours = 24
/** A year (API reference, IncreaseStreamRetentionPeriod). */
const maxHours = 8760

/** Keeps records longer. Throws `InvalidArgumentException`, `ResourceNotFoundException`. */
export function increaseRetention(
  streams: StreamStore,
): Operation<IncreaseStreamRetentionPeriodCommandInput, IncreaseStreamRetentionPeriodCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    const hours = hoursOf(input.RetentionPeriodHours)
    if (hours < stream.retentionHours) {
      throw invalid(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be shorter than existing retention period (${stream.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
      )
    }
    streams.save({...stream, retentionHours: hours})
    return {}
  }
}

/** Keeps records for less long; older ones cannot be read from then on. Throws `InvalidArgumentException`, `ResourceNotFoundException`. */
export function decreaseRetention(
  streams: StreamStore,
): Operation<DecreaseStreamRetentionPeriodCommandInput, DecreaseStreamRetentionPeriodCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    const hours = hoursOf(input.RetentionPeriodHours)
    if (hours > stream.retentionHours) {
      throw invalid(
        `Requested retention period (${hours} hours) for stream ${stream.name} can not be longer than existing retention period (${stream.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
      )
    }
    streams.save({...stream, retentionHours: hours})
    return {}
  }
}

function hoursOf(hours = 0): number {
  if (hours < minHours) {
    throw invalid(
      `Minimum allowed retention period is ${minHours} hours. Requested retention period (${hours} hours) is too short.`,
    )
  }
  if (hours > maxHours) {
    throw invalid(
      `Maximum allowed retention period is ${maxHours} hours. Requested retention period (${hours} hours) is too long.`,
    )
  }
  return hours
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', message)
}
