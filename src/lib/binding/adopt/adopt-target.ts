import type {Target} from '@aws-sdk/client-eventbridge'
import {OpError} from '../../core/errors'
import {roadResources} from '../../road/road'
import type {Road} from '../../road/road'
import type {RoadSettings} from '../../road/settings'
import type {NamedBinding} from '../choose-bindings'
import {queueOfArgument, targetOfArgument} from '../resource-argument'
import type {Remarks} from './remarks'

/** What a binding says that sends to one target. */
export type TargetWords = Omit<NamedBinding, 'name' | 'bus' | 'rule' | 'pattern'>

export interface AdoptedTarget {
  words: TargetWords
  /** The road that a binding of these words alone would make. */
  road: Road
}

/** The words of a binding for a deployed target, or undefined with a remark where `bind-target` cannot bind such a one. */
export function adoptTarget(
  target: Target,
  settings: RoadSettings,
  remarks: Remarks,
): AdoptedTarget | undefined {
  const named = orRemark(`Target ${target.Id ?? ''} is left out`, remarks, () =>
    targetOfArgument(target.Arn ?? '', settings),
  )
  if (!named) return undefined
  const dlq = queueOf(target, settings, remarks)
  const own = {...settings, stream: named.stream ?? settings.stream, targetArn: named.targetArn, dlq}
  const road = roadResources(own)
  const words: TargetWords = {
    ...(named.targetArn === undefined ? {firehose: named.stream} : {target: named.targetArn}),
    ...(dlq !== undefined && {dlq}),
    ...retryOf(target, road),
    ...inputOf(target, remarks),
    ...roleOf(target, road, remarks),
  }
  return {words, road}
}

function queueOf(
  {Id: id = '', DeadLetterConfig}: Target,
  settings: RoadSettings,
  remarks: Remarks,
): string | undefined {
  const arn = DeadLetterConfig?.Arn
  if (!arn) return undefined
  return orRemark(`The dead-letter queue of target ${id} is left out`, remarks, () =>
    queueOfArgument(arn, settings),
  )
}

/** EventBridge answers the retry policy that was asked for; what it does when nothing is said need not be said here either. */
function retryOf({RetryPolicy: policy}: Target, {target}: Road): TargetWords {
  const {MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age} = policy ?? {}
  const standard = target.retryPolicy
  return {
    ...(attempts !== undefined && attempts !== standard.MaximumRetryAttempts && {retryAttempts: attempts}),
    ...(age !== undefined && age !== standard.MaximumEventAgeInSeconds && {maxEventAgeSeconds: age}),
  }
}

function inputOf({Id: id = '', Input, InputPath, InputTransformer}: Target, remarks: Remarks): TargetWords {
  if (Input) {
    remarks.add(
      `Target ${id} gets a fixed text, which a binding cannot say: bind-target would send it the event.`,
    )
  }
  const {InputTemplate, InputPathsMap = {}} = InputTransformer ?? {}
  return {
    ...(InputPath && {inputPath: InputPath}),
    ...(InputTemplate !== undefined && {inputTemplate: InputTemplate}),
    ...(Object.keys(InputPathsMap).length > 0 && {inputMap: InputPathsMap}),
  }
}

/** A role by the name that `bind-target` gives is its own to make. */
function roleOf({Id: id = '', RoleArn: roleArn}: Target, road: Road, remarks: Remarks): TargetWords {
  if (!roleArn || roleArn === road.targetRole.arn) return {}
  if (road.kind.role) return {roleArn}
  remarks.add(
    `Target ${id} is sent to as ${roleArn}; bind-target sends to a ${road.kind.words} as EventBridge.`,
  )
  return {}
}

function orRemark<T>(what: string, remarks: Remarks, take: () => T): T | undefined {
  try {
    return take()
  } catch (error) {
    if (!(error instanceof OpError)) throw error
    remarks.add(`${what}: ${error.message}`)
    return undefined
  }
}
