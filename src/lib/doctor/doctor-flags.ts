import {Flags} from '@oclif/core'

/** Flags of `doctor` beside the names of the road. Those that say which road is meant are `bind-target`'s. */
export const doctorFlags = {
  pattern: Flags.string({
    summary: 'event pattern that the rule should have [default: all usage events]',
    helpValue: 'JSON|@FILE',
  }),
  firehose: Flags.string({
    summary: 'name of the delivery stream [default: usage-events]',
    helpValue: 'NAME',
  }),
  target: Flags.string({
    summary: 'ARN of the target, where it is no delivery stream into the lake',
    helpValue: 'ARN',
    exclusive: ['firehose'],
  }),
  dlq: Flags.string({summary: 'queue that the target should use for dead letters', helpValue: 'NAME|ARN'}),
  canary: Flags.boolean({summary: 'send a marked event and follow it to the report'}),
  timeout: Flags.integer({
    summary: 'how long to follow the canary, in seconds [default: 900]',
    min: 1,
    dependsOn: ['canary'],
    helpValue: 'SECONDS',
  }),
}
