import type {Target} from '@aws-sdk/client-eventbridge'
import type {AwsClients} from '../aws/clients'
import {ownTarget} from '../binding/read/own-target'
import {readTargets} from '../binding/read/read-events'
import type {BindingOptions} from '../road/options'
import {defaultRetryPolicy, roadResources} from '../road/road'
import type {Road} from '../road/road'
import type {RoadSettings} from '../road/settings'

/** What a deployed target has and nobody said. */
export interface DeployedOptions {
  options: BindingOptions
  /** The flags by which `bind-target` keeps it: without them it would be undone. */
  words: string[]
}

/**
 * What the deployed target says where the settings say nothing: its role, its retries and, outside the lake, its input. A target
 * that cannot be read says nothing; its own check tells why.
 */
export async function deployedOptions(clients: AwsClients, settings: RoadSettings): Promise<DeployedOptions> {
  const road = roadResources(settings)
  const targets = await readTargets(clients, road.rule.bus, road.rule.name).catch(() => [])
  return optionsOf(road, ownTarget(road, targets))
}

/** The same for a target that was read. Pure. */
export function optionsOf(road: Road, target: Target | undefined): DeployedOptions {
  if (target?.Arn !== road.target.arn) return {options: {}, words: []}
  const options = {...roleOf(road, target), ...retriesOf(road, target), ...inputOf(road, target)}
  return {options, words: wordsOf(options)}
}

function roleOf({kind, settings, targetRole}: Road, {RoleArn: roleArn}: Target): BindingOptions {
  const isTheirs = kind.role !== undefined && roleArn !== undefined && roleArn !== targetRole.arn
  return isTheirs && settings.roleArn === undefined ? {roleArn} : {}
}

function retriesOf({settings}: Road, {RetryPolicy: policy}: Target): BindingOptions {
  const {MaximumRetryAttempts: retryAttempts, MaximumEventAgeInSeconds: maxEventAgeSeconds} = {
    ...defaultRetryPolicy,
    ...policy,
  }
  const standard = defaultRetryPolicy
  return {
    ...(settings.retryAttempts === undefined &&
      retryAttempts !== standard.MaximumRetryAttempts && {retryAttempts}),
    ...(settings.maxEventAgeSeconds === undefined &&
      maxEventAgeSeconds !== standard.MaximumEventAgeInSeconds && {maxEventAgeSeconds}),
  }
}

/** The lake takes whole events, and a log group has no input of its own; elsewhere an input is a choice. */
function inputOf({hasLake, kind, settings}: Road, target: Target): BindingOptions {
  const {inputPath, inputTemplate} = settings
  if (hasLake || kind.name === 'log-group' || (inputPath ?? inputTemplate) !== undefined) return {}
  const {InputPath, InputTransformer: transformer} = target
  if (transformer) return {inputTemplate: transformer.InputTemplate, inputMap: transformer.InputPathsMap}
  return InputPath ? {inputPath: InputPath} : {}
}

function wordsOf(options: BindingOptions): string[] {
  const {roleArn, retryAttempts, maxEventAgeSeconds, inputPath, inputTemplate, inputMap} = options
  const pairs: [string, string | number | undefined][] = [
    ['--role-arn', roleArn],
    ['--retry-attempts', retryAttempts],
    ['--max-event-age', maxEventAgeSeconds],
    ['--input-path', inputPath],
    ['--input-template', inputTemplate],
    ...Object.entries(inputMap ?? {}).map(([name, path]): [string, string] => [
      '--input-map',
      `${name}=${path}`,
    ]),
  ]
  return pairs.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
}
