import {Flags} from '@oclif/core'

/** Not `dependsOn`: the usage line of the help would hold the flags in a muddle. */
const needsCount: {type: 'all'; flags: string[]}[] = [{type: 'all', flags: ['count']}]

/** How events are generated. */
export const generateFlags = {
  count: Flags.integer({
    summary: 'generate this many events instead of reading them',
    min: 1,
    helpValue: 'N',
  }),
  template: Flags.string({
    summary: 'generate events after this one, a JSON object with {{...}} in its texts',
    relationships: needsCount,
    helpValue: 'FILE',
  }),
  seed: Flags.integer({
    summary: 'the same seed and range give the same events [default: random]',
    relationships: needsCount,
    helpValue: 'N',
  }),
  from: Flags.string({
    summary: 'generated events occur from here on [default: an hour before --to]',
    relationships: needsCount,
    helpValue: 'TIME',
  }),
  to: Flags.string({
    summary: 'generated events occur before this [default: now]',
    relationships: needsCount,
    helpValue: 'TIME',
  }),
  test: Flags.boolean({
    summary:
      'mark generated events as tests, which reports leave out [default: yes, unless sent to this machine]',
    relationships: needsCount,
    allowNo: true,
  }),
}

/** How fast events go out, and how they are packed. */
export const paceFlags = {
  rate: Flags.integer({summary: 'events a second at most', min: 1, helpValue: 'N'}),
  concurrency: Flags.integer({summary: 'requests in flight', default: 16, min: 1, max: 64, helpValue: 'N'}),
  'batch-count': Flags.integer({
    summary: 'events in a request at most',
    default: 10,
    min: 1,
    max: 10,
    helpValue: 'N',
  }),
  'batch-bytes': Flags.integer({
    summary: 'bytes in a request at most, as PutEvents counts them',
    default: 1_048_576,
    min: 1,
    helpValue: 'N',
  }),
}

/** On AWS a delivery stream may hold events back for 15 minutes. */
const defaultTimeoutSeconds = 1200

/** Whether to wait for what was sent, and for how long. */
export const confirmFlags = {
  confirm: Flags.boolean({
    summary: 'wait until the events stand in the lake; exit code 7 when they do not',
  }),
  timeout: Flags.integer({
    summary: 'seconds that --confirm waits',
    default: defaultTimeoutSeconds,
    min: 1,
    helpValue: 'SECONDS',
  }),
}
