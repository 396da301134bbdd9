import {OpError} from '../../core/errors'
import type {Road} from '../../road/road'
import type {ActualRoad} from '../read/actual-road'
import {ownTarget} from '../read/own-target'

/** EventBridge quotas: "Targets per rule: 5". */
const targetsPerRule = 5

/**
 * Stops where what is there cannot be turned into the road, before anything is changed. Throws
 * `BUS_UNKNOWN` (absent: the default bus cannot be made), `RULE_MANAGED`, `TARGET_LIMIT`, `STREAM_UNSUITABLE` (usage)
 * and `STREAM_NOT_READY` (service); of a target that is not made here, `TARGET_ABSENT` (absent) and `TARGET_NOT_READY` (service).
 */
export function refuseImpossible(road: Road, actual: ActualRoad): void {
  refuseBus(road, actual)
  refuseRule(road, actual)
  refuseStream(road, actual)
  refuseTarget(road, actual)
}

function refuseBus(road: Road, {bus}: ActualRoad): void {
  if (!bus && road.bus.name === 'default') {
    throw new OpError(
      'absent',
      'BUS_UNKNOWN',
      'The default event bus is not there, and it cannot be created.',
      {
        hint: 'Check the region, or name another bus with --bus.',
      },
    )
  }
}

function refuseRule(road: Road, {rule, targets}: ActualRoad): void {
  if (rule?.ManagedBy) {
    throw new OpError(
      'usage',
      'RULE_MANAGED',
      `Rule ${road.rule.name} is managed by ${rule.ManagedBy} and must not be changed by others.`,
      {hint: 'Name another rule with --rule.'},
    )
  }
  if (targets.length >= targetsPerRule && !ownTarget(road, targets)) {
    throw new OpError(
      'usage',
      'TARGET_LIMIT',
      `Rule ${road.rule.name} has ${targets.length} targets; EventBridge allows ${targetsPerRule} per rule.`,
      {hint: 'Name another rule with --rule; the same events can match several rules.'},
    )
  }
}

function refuseStream(road: Road, {stream}: ActualRoad): void {
  if (!stream) return
  const {name} = road.stream
  if (stream.status !== 'ACTIVE' && stream.status !== 'CREATING') {
    throw new OpError(
      'service',
      'STREAM_NOT_READY',
      `Delivery stream ${name} is ${stream.status ?? 'in no known state'}${stream.failure === undefined ? '' : `: ${stream.failure}`}.`,
      {
        hint: 'Wait until it is deleted or delete it, then run the command again; or name another with --firehose.',
      },
    )
  }
  const reason = unsuitable(stream)
  if (reason !== undefined) {
    throw new OpError('usage', 'STREAM_UNSUITABLE', `Delivery stream ${name} ${reason}.`, {
      hint: 'What a stream reads from and how it partitions is settled when it is made. Name another with --firehose.',
    })
  }
}

function unsuitable(stream: NonNullable<ActualRoad['stream']>): string | undefined {
  if (stream.type !== undefined && stream.type !== 'DirectPut') {
    return `reads from another source (${stream.type}), so EventBridge cannot put records on it`
  }
  if (stream.destination === undefined && stream.status === 'ACTIVE') return 'does not write to S3'
  if (stream.destination?.DynamicPartitioningConfiguration?.Enabled === true) {
    return 'partitions dynamically, which cannot be switched off'
  }
  return undefined
}

function refuseTarget({kind, target}: Road, actual: ActualRoad): void {
  if (!kind.createCommand) return
  if (!actual.target) {
    throw new OpError(
      'absent',
      'TARGET_ABSENT',
      `There is no ${kind.words} ${target.name} (${target.arn}).`,
      {
        hint: `Make it: ${kind.createCommand(target.name)}`,
      },
    )
  }
  if (actual.target.trouble === undefined) return
  const message = `The ${kind.words} ${target.name} ${actual.target.trouble}.`
  throw new OpError('service', 'TARGET_NOT_READY', message, {
    hint: 'Run the command again when it takes events.',
  })
}
