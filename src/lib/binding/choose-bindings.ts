import {OpError} from '../core/errors'
import {stringifyExact} from '../core/json'
import type {BindingOptions} from '../road/options'
import type {RecordFormat} from '../road/record-format'
import type {RoadSettings} from '../road/settings'
import {queueOfArgument, targetOfArgument} from './resource-argument'
import type {TargetWords} from './resource-argument'

/** What a binding says of itself, in the configuration or by flags. What it does not say comes from the settings. */
export interface BindingWords extends BindingOptions {
  bus?: string | undefined
  rule?: string | undefined
  /** An object, or JSON text. */
  pattern?: string | Record<string, unknown> | undefined
  firehose?: string | undefined
  target?: string | undefined
  /** Of a delivery stream. */
  recordFormat?: RecordFormat | undefined
  bucket?: string | undefined
  database?: string | undefined
  workgroup?: string | undefined
  dlq?: string | undefined
  /** Tags of what is made, beside those of the settings. */
  tags?: Readonly<Record<string, string>> | undefined
}

export interface NamedBinding extends BindingWords {
  name: string
}

export interface BindingChoice {
  /** Name of a binding of the configuration. */
  name?: string | undefined
  all: boolean
}

/**
 * The bindings to work on: the named one of the configuration, all of them, or the one that the settings and flags
 * describe. Flags win over what a binding says, that over the settings. Throws `BINDING_CHOICE` (usage: a name and
 * --all), `BINDING_UNKNOWN` (absent), and what `settingsOfBinding` throws.
 */
export function chooseBindings(
  settings: RoadSettings,
  configured: readonly NamedBinding[],
  choice: BindingChoice,
  flags: BindingWords,
): RoadSettings[] {
  if (choice.all && choice.name !== undefined) {
    throw new OpError('usage', 'BINDING_CHOICE', 'A binding was named, and --all was given as well.', {
      hint: 'Give one of the two.',
    })
  }
  if (!choice.all && choice.name === undefined) return [settingsOfBinding(settings, [flags])]
  const chosen = choice.all ? configured : configured.filter((binding) => binding.name === choice.name)
  if (chosen.length === 0) throw unknownBinding(choice, configured)
  return chosen.map((binding) => settingsOfBinding(settings, [flags, binding]))
}

function unknownBinding(choice: BindingChoice, configured: readonly NamedBinding[]): OpError {
  const names = configured.map((binding) => binding.name).join(', ')
  const message =
    choice.name === undefined
      ? 'The configuration has no bindings.'
      : `The configuration has no binding "${choice.name}".`
  return new OpError('absent', 'BINDING_UNKNOWN', message, {
    hint:
      names === ''
        ? 'List them under "bindings:" in usage-tracker.yaml; "bind-target" alone binds the default names.'
        : `It has: ${names}.`,
  })
}

/**
 * The settings of one binding; the words that come first win. Throws `TARGET_CHOICE` (usage) where both a stream and
 * a target are named in one place, `BAD_ARN`, `TARGET_UNSUPPORTED` and `ARN_ELSEWHERE`.
 */
export function settingsOfBinding(settings: RoadSettings, words: readonly BindingWords[]): RoadSettings {
  const pick = (key: NameKey): string | undefined =>
    words.map((w) => w[key]).find((value) => value !== undefined)
  const target = words.map((w) => targetOf(w, settings)).find((value) => value !== undefined)
  const dlq = pick('dlq') ?? settings.dlq
  return {
    ...settings,
    bus: pick('bus') ?? settings.bus,
    rule: pick('rule') ?? settings.rule,
    stream: target?.stream ?? settings.stream,
    targetArn: target ? target.targetArn : settings.targetArn,
    recordFormat: formatOf(words, settings, target),
    bucket: pick('bucket') ?? settings.bucket,
    database: pick('database') ?? settings.database,
    workgroup: pick('workgroup') ?? settings.workgroup,
    pattern: patternOf(words) ?? settings.pattern,
    dlq: dlq === undefined ? undefined : queueOfArgument(dlq, settings),
    tags: Object.assign({}, settings.tags, ...[...words].reverse().map((w) => w.tags)) as Record<
      string,
      string
    >,
    ...optionsOf(words),
  }
}

type NameKey = Exclude<keyof BindingWords, keyof BindingOptions | 'pattern' | 'recordFormat' | 'tags'>

/** An input path and a template with its map are one choice: the first words that make it make it wholly. */
function optionsOf(words: readonly BindingWords[]): BindingOptions {
  const pick = <K extends keyof BindingOptions>(key: K): BindingOptions[K] =>
    words.map((w) => w[key]).find((value) => value !== undefined)
  const input = words.find((w) => (w.inputPath ?? w.inputTemplate ?? w.inputMap) !== undefined)
  return {
    description: pick('description'),
    retryAttempts: pick('retryAttempts'),
    maxEventAgeSeconds: pick('maxEventAgeSeconds'),
    inputPath: input?.inputPath,
    inputTemplate: input?.inputTemplate,
    inputMap: input?.inputMap,
    roleArn: pick('roleArn'),
    permissionsBoundary: pick('permissionsBoundary'),
    archiveDays: pick('archiveDays'),
    allowAccounts: pick('allowAccounts'),
    allowOrgs: pick('allowOrgs'),
  }
}

/** What the settings say of all roads is no word about one whose target is no stream. */
function formatOf(
  words: readonly BindingWords[],
  settings: RoadSettings,
  target: TargetWords | undefined,
): RecordFormat | undefined {
  const said = words.map((w) => w.recordFormat).find((value) => value !== undefined)
  return said ?? (target?.targetArn === undefined ? settings.recordFormat : undefined)
}

function targetOf({firehose, target}: BindingWords, settings: RoadSettings): TargetWords | undefined {
  if (target === undefined)
    return firehose === undefined ? undefined : {stream: firehose, targetArn: undefined}
  if (firehose !== undefined) {
    throw new OpError('usage', 'TARGET_CHOICE', 'Both a delivery stream and a target are named.', {
      hint: 'Give --firehose NAME or --target ARN.',
    })
  }
  return targetOfArgument(target, settings)
}

function patternOf(words: readonly BindingWords[]): string | undefined {
  const pattern = words.map((w) => w.pattern).find((value) => value !== undefined)
  return pattern === undefined || typeof pattern === 'string' ? pattern : stringifyExact(pattern)
}
