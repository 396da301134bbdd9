import {Flags} from '@oclif/core'
import {OpError} from '../core/errors'
import type {BindingOptions} from '../road/options'
import {recordFormats} from '../road/record-format'
import type {RecordFormat} from '../road/record-format'
import {nameFlags} from './flags'
import {textOfArgument} from './text-argument'

/** Flags that say which road is meant; every command that works on a whole road takes them. */
export const roadFlags = {
  bus: nameFlags.bus,
  rule: nameFlags.rule,
  firehose: Flags.string({
    summary: 'name of the delivery stream [default: usage-events]',
    helpValue: 'NAME',
  }),
  target: Flags.string({
    summary: 'ARN of the target, which is there already; its kind decides what it takes',
    helpValue: 'ARN',
    exclusive: ['firehose'],
  }),
  bucket: nameFlags.bucket,
  database: nameFlags.database,
  workgroup: nameFlags.workgroup,
  dlq: Flags.string({summary: 'queue for events that cannot be delivered', helpValue: 'NAME|ARN'}),
}

type RoadWords = Partial<Record<keyof typeof roadFlags, string | undefined>>

/** Of a command's flags those that say which road is meant. */
export function roadWords(flags: RoadWords): RoadWords {
  const {bus, rule, firehose, target, bucket, database, workgroup, dlq} = flags
  return {bus, rule, firehose, target, bucket, database, workgroup, dlq}
}

/** The pattern of a road's rule. */
export const patternFlag = Flags.string({
  summary: 'event pattern of the rule [default: all usage events]',
  helpValue: 'JSON|@FILE',
})

/** Flags of `bind-target` for what a binding says beyond names. */
export const bindingFlags = {
  'record-format': Flags.custom<RecordFormat>({
    summary: 'form in which the delivery stream writes events [default: as it does; a new one json]',
    options: [...recordFormats],
  })(),
  description: Flags.string({summary: 'description of the rule', helpValue: 'TEXT'}),
  'retry-attempts': Flags.integer({
    summary: 'tries after the first one, 0 to 185 [default: 185]',
    helpValue: 'N',
  }),
  'max-event-age': Flags.integer({
    summary: 'age after which an event is given up, 60 to 86400 [default: 86400]',
    helpValue: 'SECONDS',
  }),
  'input-path': Flags.string({summary: 'part of the event that is sent [default: all]', helpValue: '$.PATH'}),
  'input-template': Flags.string({
    summary: 'what is sent, with <NAME> for the values of --input-map',
    helpValue: 'JSON|@FILE',
  }),
  'input-map': Flags.string({summary: 'a value for the template', helpValue: 'NAME=$.PATH', multiple: true}),
  'role-arn': Flags.string({summary: 'role that the rule sends with; none is made', helpValue: 'ARN'}),
  'permissions-boundary': Flags.string({summary: 'boundary of the roles that are made', helpValue: 'ARN'}),
  tag: Flags.string({summary: 'tag of what is made', helpValue: 'KEY=VALUE', multiple: true}),
  'archive-days': Flags.integer({
    summary: "keep the rule's events in an archive of the bus, 0 for ever",
    helpValue: 'N',
  }),
  'allow-account': Flags.string({
    summary: 'account that may put events on the bus',
    helpValue: 'ID',
    multiple: true,
  }),
  'allow-org': Flags.string({
    summary: 'organization whose accounts may put events on the bus',
    helpValue: 'o-...',
    multiple: true,
  }),
}

interface Given {
  'record-format'?: RecordFormat | undefined
  description?: string | undefined
  'retry-attempts'?: number | undefined
  'max-event-age'?: number | undefined
  'input-path'?: string | undefined
  'input-template'?: string | undefined
  'input-map'?: string[] | undefined
  'role-arn'?: string | undefined
  'permissions-boundary'?: string | undefined
  tag?: string[] | undefined
  'archive-days'?: number | undefined
  'allow-account'?: string[] | undefined
  'allow-org'?: string[] | undefined
}

/** What `bindingFlags` say. */
type OptionWords = BindingOptions & {
  recordFormat: RecordFormat | undefined
  tags: Record<string, string> | undefined
}

/** The flags as words of a binding. Throws `BAD_PAIR` (usage), and `TEXT_FILE` (usage) where the template's file cannot be read. */
export async function bindingWords(flags: Given): Promise<OptionWords> {
  const template = flags['input-template']
  return {
    recordFormat: flags['record-format'],
    description: flags.description,
    retryAttempts: flags['retry-attempts'],
    maxEventAgeSeconds: flags['max-event-age'],
    inputPath: flags['input-path'],
    inputTemplate: template === undefined ? undefined : await textOfArgument(template, '--input-template'),
    inputMap: pairs('--input-map', flags['input-map']),
    roleArn: flags['role-arn'],
    permissionsBoundary: flags['permissions-boundary'],
    tags: pairs('--tag', flags.tag),
    archiveDays: flags['archive-days'],
    allowAccounts: flags['allow-account'],
    allowOrgs: flags['allow-org'],
  }
}

function pairs(flag: string, texts: readonly string[] | undefined): Record<string, string> | undefined {
  if (texts === undefined) return undefined
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
      throw new OpError('usage', 'BAD_PAIR', `"${text}" is not a pair.`, {hint: `${flag} takes NAME=VALUE.`})
    }),
  )
}
