import type {TargetKindName} from '../road/targets/target-kind'
import {withFlag, without} from './permission'
import type {Case} from './permission'

/** The target is a delivery stream into the lake, which it is where nothing else is said. */
export const intoLake: Case = {words: 'without `--target`', holds: ({road}) => road.hasLake}

/** The target is of a kind. */
export function toKind(name: TargetKindName, words: string): Case {
  return {words: `with \`--target\` of ${words}`, holds: ({road}) => road.kind.name === name}
}

export const toQueue = toKind('sqs', 'a queue')
export const toBus = toKind('event-bus', 'a bus')
export const toKinesis = toKind('kinesis', 'a Kinesis stream')
export const toLogGroup = toKind('log-group', 'a log group')
export const toFunction = toKind('lambda', 'a function')
export const toStateMachine = toKind('state-machine', 'a state machine')
export const toApiDestination = toKind('api-destination', 'an API destination')

/** The rule sends as a role that this tool makes. */
export const withOwnRole: Case = {
  words: 'where the kind of target takes a role, without `--role-arn`',
  holds: ({road}) => road.hasTargetRole,
}

/** The rule is to send as a role that somebody else made. */
export const withGivenRole: Case = {
  words: 'with `--role-arn`',
  holds: ({road}) => road.settings.roleArn !== undefined,
}

/** The rule may have a role that this tool made, whatever is said of it now. */
export const takingRole: Case = {
  words: 'where the kind of target takes a role',
  holds: ({road}) => road.kind.role !== undefined,
}

/** The rule sends as a role. */
export const withRole: Case = {
  words: 'where the kind of target takes a role',
  holds: ({road}) => road.target.roleArn !== undefined,
}

export const withArchive: Case = {
  words: 'with `--archive-days`',
  holds: ({road}) => road.archive !== undefined,
}

export const withQueue: Case = {words: 'with `--dlq`', holds: ({road}) => road.queue !== undefined}

export const withBoundary: Case = {
  words: 'with `--permissions-boundary`',
  holds: ({road}) => road.settings.permissionsBoundary !== undefined,
}

export const withAccess: Case = {
  words: 'with `--allow-account` or `--allow-org`',
  holds: ({road}) => road.busAccess !== undefined,
}

/** The run may change something. */
export const changing = without('check', 'dry-run')

/** On a terminal, such a run asks. */
export const asking: Case = {
  words: 'on a terminal, without `--yes`, `--check`, `--dry-run` and `--json`',
  holds: ({words}) => !['yes', 'check', 'dry-run', 'json'].some((flag) => words[flag] === true),
}

export const withCanary = withFlag('canary')
