import type {Target} from '@aws-sdk/client-eventbridge'
import {Constraints} from '../../constraints'
import {ServiceError} from '../../service-error'
import {parseJsonPath} from '../../target-input/json-path'

/**
 * Refuses what targets of one kind may not hold: `KinesisParameters` anywhere but on a Kinesis stream; role, `Input` and `InputPath` on a
 * log group, which lets EventBridge in by its own policy and takes nothing but events. Throws ValidationException.
 */
export function checkKindMembers(target: Target, id: string, service: string): void {
  if (service === 'kinesis') checkPartitionKeyPath(target, id)
  else if (target.KinesisParameters !== undefined) throw notSupported('KinesisParameters', id)
  if (service !== 'logs') return
  if (target.RoleArn !== undefined) throw invalid(`RoleArn is not supported for target ${target.Arn ?? ''}.`)
  if (target.Input !== undefined) throw notSupported('Input', id)
  if (target.InputPath !== undefined) throw notSupported('InputPath', id)
}

function checkPartitionKeyPath(target: Target, id: string): void {
  const path = target.KinesisParameters?.PartitionKeyPath
  if (path === undefined) return
  new Constraints().text('kinesisParameters.partitionKeyPath', path, {max: 256}).check()
  if (parseJsonPath(path) === undefined) throw invalid(`PartitionKeyPath for target ${id} is invalid.`)
}

function notSupported(member: string, id: string): ServiceError {
  return invalid(`Parameter(s) ${member} not supported for target: ${id}.`)
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message)
}
