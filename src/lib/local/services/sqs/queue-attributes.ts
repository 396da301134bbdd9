import {tryParseArn} from '../../../core/arn'
import {parsePolicy, PolicyFault} from '../../policy/document'
import {ServiceError} from '../../service-error'
import {invalidParameter, unsupported} from './errors'

/** What numeric attributes are when nothing is said (SQS API reference, CreateQueue; sizes as of the 1 MiB limit of 2025). */
export const defaults = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
} as const

const bounds: Readonly<Record<string, readonly [min: number, max: number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
}

/** Attributes of the service that would change how a queue behaves, and are not emulated. */
const refused = new Set([
  ...['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'RedriveAllowPolicy'],
  ...['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'],
])

/**
 * Checks attributes that a call sets and returns them; an empty `Policy` or `RedrivePolicy` means none. Throws
 * `InvalidAttributeName`, `InvalidAttributeValue`, `UnsupportedOperation`.
 */
export function checkAttributes(
  attributes: Readonly<Record<string, string>> = {},
  queueExists: (arn: string) => boolean,
): Record<string, string> {
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value, queueExists)
  return {...attributes}
}

type Check = (value: string, queueExists: (arn: string) => boolean) => boolean

/** Attributes that are no numbers, and whether a value will do. */
const checks: Readonly<Record<string, Check>> = {
  Policy: (value) => value === '' || !(parsePolicy(value) instanceof PolicyFault),
  RedrivePolicy: (value, queueExists) => value === '' || isRedrivePolicy(value, queueExists),
  SqsManagedSseEnabled: (value) => value === 'true' || value === 'false',
}

function checkAttribute(name: string, value: string, queueExists: (arn: string) => boolean): void {
  if (name === 'FifoQueue') throw unsupported('A FIFO queue')
  if (refused.has(name)) throw unsupported(`The queue attribute ${name}`)
  const check = Object.hasOwn(bounds, name)
    ? isWithin(bounds[name])
    : Object.hasOwn(checks, name) && checks[name]
  if (!check) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`)
  if (!check(value, queueExists)) {
    throw new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)
  }
}

function isWithin([min, max]: readonly [min: number, max: number] = [0, 0]): Check {
  return (value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max
}

function isRedrivePolicy(text: string, queueExists: (arn: string) => boolean): boolean {
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    return false
  }
  const {deadLetterTargetArn: arn, maxReceiveCount: count} = (policy ?? {}) as Record<string, unknown>
  if (typeof arn !== 'string' || !tryParseArn(arn) || !/^\d{1,4}$/.test(String(count))) return false
  if (Number(count) < 1 || Number(count) > 1000) return false
  if (queueExists(arn)) return true
  throw invalidParameter(
    `Value ${text} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
  )
}

/** The first attribute whose value in `wanted` is not the queue's own (a default counts as its own). */
export function differingAttribute(
  wanted: Readonly<Record<string, string>>,
  current: Readonly<Record<string, string>>,
): string | undefined {
  const base: Record<string, string> = {
    ...defaults,
    SqsManagedSseEnabled: 'true',
    Policy: '',
    RedrivePolicy: '',
    ...current,
  }
  return Object.keys(wanted).find((name) => canonical(wanted[name]) !== canonical(base[name]))
}

function canonical(value = ''): string {
  if (!value.startsWith('{')) return value
  try {
    return JSON.stringify(JSON.parse(value))
  } catch {
    return value
  }
}
