import {setTimeout as delay} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../../lib/cli/aws-command'
import {nameFlags} from '../../../lib/cli/flags'
import {patternOfChoice, whereFlag} from '../../../lib/cli/pattern-argument'
import {paceFlags} from '../../../lib/cli/send-flags'
import {checkBus} from '../../../lib/events/check-bus'
import {eventsAgain} from '../../../lib/events/replay/again'
import {openStored, rangeOf} from '../../../lib/events/replay/open-stored'
import {parseSpeed} from '../../../lib/events/replay/parse-speed'
import {emptyRemarks, lakePlanText} from '../../../lib/events/replay/replay-text'
import type {SendResult} from '../../../lib/events/send'
import {sendEvents} from '../../../lib/events/send'
import {progressReporter, sendRemarks, sendText} from '../../../lib/events/send-text'
import {cleanText} from '../../../lib/render/clean-text'
import type {PolicyDocument} from '../../../lib/road/policies'

export default class EventsReplayLake extends AwsCommand {
  static override summary = 'Send stored events to the bus again: from the lake, a bucket or a file'
  static override description =
    'Reads whole EventBridge events as Firehose stores them, gzip too, and sends those of a range of time again, with the ' +
    'source, time and eventId that they had: reports count them once. Every rule of the bus that matches takes them. An event ' +
    'without an eventId is rejected, for it would be counted again. --from and --to are the times of the events, and without ' +
    'FILE --from is needed to know where in the lake they lie.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from -2h --rate 500',
    `<%= config.bin %> <%= command.id %> --from 2026-11-01 --to 2026-11-02 --where 'detail.customer.id=customer-0042' --speed 10x`,
    '<%= config.bin %> <%= command.id %> s3://old-bucket/events/dt=2026-11-01/ --yes',
  ]
  static override args = {
    file: Args.string({description: 'file, - for standard input, or s3://BUCKET/PREFIX [default: the lake]'}),
  }
  static override flags = {
    from: Flags.string({summary: 'send events from here on', helpValue: 'TIME'}),
    to: Flags.string({summary: 'send events before this', helpValue: 'TIME'}),
    pattern: Flags.string({
      summary: 'send events that match [default: every event]',
      helpValue: 'JSON|@FILE',
      exclusive: ['where'],
    }),
    where: whereFlag,
    rate: paceFlags.rate,
    speed: Flags.string({
      summary: 'keep the pauses between events as they were, so many times faster',
      helpValue: 'Nx',
      exclusive: ['rate'],
    }),
    concurrency: paceFlags.concurrency,
    failures: Flags.string({summary: 'keep rejected events here', helpValue: 'FILE'}),
    'dry-run': Flags.boolean({summary: 'only show what would be sent'}),
    yes: Flags.boolean({summary: 'do not ask'}),
    bus: nameFlags.bus,
  }

  async run(): Promise<SendResult | object | PolicyDocument> {
    const {args, flags} = await this.parse(EventsReplayLake)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const {signal} = this
    const speed = parseSpeed(flags.speed)
    const session = await this.session(flags)
    const {clients, settings, where, now} = session
    const pattern = await patternOfChoice(flags, settings.detailType)
    const range = rangeOf(args.file, flags, now())
    const stored = await openStored(args.file, {
      ...{settings, range, now: now()},
      ...{stdin: process.stdin, signal, s3: () => clients.s3()},
    })
    await checkBus(await clients.eventBridge(), settings.bus)
    this.note(cleanText(lakePlanText({from: stored.name, range, bus: settings.bus}, where)))
    if (flags['dry-run']) return {from: stored.name, bus: settings.bus}
    await this.confirm('Send these events again?', flags)

    const sleep = (delayMs: number) => delay(delayMs, undefined, {signal}).catch(() => undefined)
    const outcome = await sendEvents(
      {put: await clients.bulkPutEvents(settings.bus, now), now, sleep, random: Math.random},
      {
        bus: settings.bus,
        items: eventsAgain(stored.elements, {...settings, range, pattern, speed}, {now, sleep}),
        concurrency: flags.concurrency,
        perSecond: flags.rate,
        failuresFile: flags.failures,
        signal,
        onProgress: progressReporter(process.stderr, now, (text) => this.note(text)),
      },
    )
    for (const remark of [...sendRemarks(outcome), ...emptyRemarks(outcome.result.readCount)])
      this.note(cleanText(remark))
    this.print(sendText(outcome))
    if (outcome.result.rejectedCount > 0 && !outcome.interrupted) this.exitWith(6)
    return outcome.result
  }
}
