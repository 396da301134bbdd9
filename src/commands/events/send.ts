import {randomInt} from 'node:crypto'
import {setTimeout as delay} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {checkBus} from '../../lib/events/check-bus'
import type {SendResult} from '../../lib/events/send'
import {sendEvents} from '../../lib/events/send'
import {openSendSource} from '../../lib/events/send-source'
import {progressReporter, sendRemarks, sendText} from '../../lib/events/send-text'
import {cleanText} from '../../lib/render/clean-text'
import type {PolicyDocument} from '../../lib/road/policies'

/** Not `dependsOn`: the usage line of the help would hold the flags in a muddle. */
const needsCount: {type: 'all'; flags: string[]}[] = [{type: 'all', flags: ['count']}]

export default class EventsSend extends AwsCommand {
  static override summary = 'Send events to the bus: from a file, or generated ones'
  static override description =
    'Lines or elements of FILE are usage events (details), whole EventBridge events, or PutEvents entries; their keys tell ' +
    'which. NDJSON, a JSON array and JSON over several lines are read, gzip too. Every event is accounted for: read = ' +
    'accepted + rejected. Throttled and failed entries are sent again. Exit code 6 when some were rejected.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> events.ndjson --failures failed.ndjson',
    'zcat events.gz | <%= config.bin %> <%= command.id %> -',
    '<%= config.bin %> <%= command.id %> --count 1000 --from -7d --local',
  ]
  static override args = {
    file: Args.string({description: 'file of events, - for standard input'}),
  }
  static override flags = {
    count: Flags.integer({
      summary: 'generate this many events instead of reading them',
      min: 1,
      helpValue: 'N',
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
    validate: Flags.boolean({
      summary: 'reject events that break the contract of usage events (schemas export usage-event)',
    }),
    failures: Flags.string({summary: 'keep rejected events here, ready to be sent again', helpValue: 'FILE'}),
    concurrency: Flags.integer({summary: 'requests in flight', default: 16, min: 1, max: 64, helpValue: 'N'}),
    bus: nameFlags.bus,
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<SendResult | PolicyDocument> {
    const {args, flags} = await this.parse(EventsSend)
    if (flags['print-policy']) return this.printPolicy(flags)
    const seed = flags.seed ?? randomInt(2 ** 31)
    const {signal} = this
    const source = await openSendSource({...flags, seed, file: args.file}, process.stdin, signal)
    const {clients, settings, where, now} = await this.session(flags, {identify: false})
    const eventBridge = await clients.eventBridge()
    const items = await source.items({settings, endpoint: where.endpoint, now: now()})
    await checkBus(eventBridge, settings.bus)
    if (flags.count !== undefined) this.note(`Generating ${flags.count} events with --seed ${seed}.`)
    this.note(`Sending to the bus ${settings.bus} (${where.region}, ${where.endpoint ?? 'AWS'}).`)

    const sleep = (delayMs: number) => delay(delayMs, undefined, {signal}).catch(() => undefined)
    const outcome = await sendEvents(
      {eventBridge, now, sleep, random: Math.random},
      {
        bus: settings.bus,
        items,
        concurrency: flags.concurrency,
        failuresFile: flags.failures,
        signal,
        onProgress: process.stderr.isTTY ? progressReporter(now, (text) => this.note(text)) : undefined,
      },
    )
    for (const remark of sendRemarks(outcome)) this.note(cleanText(remark))
    this.print(sendText(outcome))
    if (outcome.result.rejectedCount > 0 && !outcome.interrupted) this.exitWith(6)
    return outcome.result
  }
}
