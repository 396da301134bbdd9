import {OpError} from '../core/errors'
import {findKind} from './targets/find-kind'
import {tryParseArn} from '../core/arn'
import type {RoadSettings} from './settings'

/** What a binding may say beyond names. What it does not say is left as it is, or as the services do it. */
export interface BindingOptions {
  /** Description of the rule. */
  description?: string | undefined
  /** Tries after the first one, 0 to 185. */
  retryAttempts?: number | undefined
  /** Age in seconds after which an event is given up, 60 to 86,400. */
  maxEventAgeSeconds?: number | undefined
  /** JSONPath of the part of the event that is sent. */
  inputPath?: string | undefined
  /** Template of what is sent, with `<name>` for the values of `inputMap`. */
  inputTemplate?: string | undefined
  /** Name to JSONPath. */
  inputMap?: Readonly<Record<string, string>> | undefined
  /** A role that is there, for the rule to send with. */
  roleArn?: string | undefined
  /** Permissions boundary of the roles that are made. */
  permissionsBoundary?: string | undefined
  /** Days that an archive of the bus keeps the rule's events; 0 for ever. */
  archiveDays?: number | undefined
  /** Accounts that may put events on the bus. */
  allowAccounts?: readonly string[] | undefined
  /** Organizations whose accounts may put events on the bus. */
  allowOrgs?: readonly string[] | undefined
}

/** Lengths, ranges and forms are those of the services' API references. */
const rules: readonly [flag: string, isRight: (settings: RoadSettings) => boolean, what: string][] = [
  ['--description', ({description: d}) => d === undefined || d.length <= 512, 'at most 512 characters'],
  ['--retry-attempts', (s) => inRange(s.retryAttempts, 0, 185), '0 to 185'],
  ['--max-event-age', (s) => inRange(s.maxEventAgeSeconds, 60, 86_400), '60 to 86400 seconds'],
  ['--archive-days', (s) => inRange(s.archiveDays, 0, 36_500), 'a number of days, or 0 for ever'],
  ['--input-path', (s) => s.inputPath?.startsWith('$') !== false, 'a JSONPath, which begins with $'],
  [
    '--input-map',
    (s) =>
      Object.entries(s.inputMap ?? {}).every(([k, v]) => /^[A-Za-z0-9_-]+$/.test(k) && v.startsWith('$')),
    'NAME=$.path, the name of letters, digits, hyphens and underscores',
  ],
  ['--role-arn', (s) => isIamArn(s.roleArn, 'role/'), 'the ARN of a role'],
  ['--permissions-boundary', (s) => isIamArn(s.permissionsBoundary, 'policy/'), 'the ARN of a policy'],
  ['--allow-account', (s) => all(s.allowAccounts, /^\d{12}$/), 'an account: 12 digits'],
  ['--allow-org', (s) => all(s.allowOrgs, /^o-[a-z0-9]{10,32}$/), 'the id of an organization: o-...'],
]

/**
 * Checks the options before anything is called. Throws `BAD_OPTION` (usage) with the flag for a value that a service
 * would refuse, and `OPTIONS_CLASH` (usage) for two that do not go together or with the kind of target.
 */
export function checkOptions(settings: RoadSettings): void {
  for (const [flag, isRight, what] of rules) {
    if (isRight(settings)) continue
    throw new OpError('usage', 'BAD_OPTION', `The value of ${flag} is not right.`, {
      hint: `${flag} takes ${what}.`,
    })
  }
  const clash = clashOf(settings)
  if (clash !== undefined) {
    throw new OpError('usage', 'OPTIONS_CLASH', clash, {hint: 'Leave one of them out.'})
  }
}

function clashOf(settings: RoadSettings): string | undefined {
  const {inputMap, inputPath, inputTemplate} = settings
  if (inputPath !== undefined && inputTemplate !== undefined) {
    return '--input-path and --input-template exclude each other.'
  }
  if (inputMap !== undefined && inputTemplate === undefined) return '--input-map needs an --input-template.'
  return clashWithKind(settings)
}

function clashWithKind({
  inputPath,
  inputTemplate,
  recordFormat,
  roleArn,
  targetArn,
}: RoadSettings): string | undefined {
  const arn = tryParseArn(targetArn ?? '')
  const kind = arn && findKind(arn)?.kind
  if (!kind) return undefined
  if (recordFormat !== undefined) {
    return `Only a delivery stream has a form of records: not with a ${kind.words}.`
  }
  if (kind.name === 'log-group' && (inputPath ?? inputTemplate) !== undefined) {
    return 'A log group takes events as they are: not with --input-path or --input-template.'
  }
  return kind.role || roleArn === undefined
    ? undefined
    : `A ${kind.words} takes no role: not with --role-arn.`
}

function inRange(value: number | undefined, from: number, to: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= from && value <= to)
}

function isIamArn(text: string | undefined, prefix: string): boolean {
  if (text === undefined) return true
  const arn = tryParseArn(text)
  return arn?.service === 'iam' && arn.resource.startsWith(prefix)
}

function all(values: readonly string[] | undefined, form: RegExp): boolean {
  return (values ?? []).every((value) => form.test(value))
}
