import {randomUUID} from 'node:crypto'
import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {LiveView} from '../../lib/cli/live-view'
import {patternOfArgument, patternOfChoice, whereFlag} from '../../lib/cli/pattern-argument'
import {roadSettings} from '../../lib/cli/settings'
import type {Now} from '../../lib/core/clock'
import {checkBus} from '../../lib/events/check-bus'
import {sweepListeners} from '../../lib/events/tail/sweep'
import {eventLine, trafficText} from '../../lib/events/tail/tail-text'
import {Traffic} from '../../lib/events/tail/traffic'
import {watchEvents} from '../../lib/events/tail/watch'
import {cleanText} from '../../lib/render/clean-text'

/** What the live view looks back on, and how often it is shown: on a terminal, and elsewhere. */
const windowMs = 60_000
const everyMs = {terminal: 1000, elsewhere: 10_000}

export default class EventsTail extends AwsCommand {
  static override summary = 'Follow the events of a bus as they come'
  static override description =
    'Makes a rule and a queue for as long as it runs, and removes them at the end, however it ends; what a killed run has ' +
    'left is removed by the next one, or by --sweep. On AWS a new rule sees its first events after some seconds. --json ' +
    'prints each event as one line. With --expect it ends as soon as such an event has come: exit code 0, or 7 when the time is up.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    `<%= config.bin %> <%= command.id %> --where 'detail.response.status>=500' --json | jq .detail`,
    `<%= config.bin %> <%= command.id %> --expect '{"detail":{"feature":["checkout"]}}' --timeout 120`,
    '<%= config.bin %> <%= command.id %> --summary',
  ]
  static override flags = {
    bus: nameFlags.bus,
    pattern: Flags.string({
      summary: 'event pattern [default: every event]',
      helpValue: 'JSON|@FILE',
      exclusive: ['where'],
    }),
    where: whereFlag,
    count: Flags.integer({summary: 'end after so many events', min: 1, helpValue: 'N'}),
    expect: Flags.string({summary: 'end when an event that matches this has come', helpValue: 'JSON|@FILE'}),
    timeout: Flags.integer({
      summary: 'how long to listen [default: without end; with --expect 60]',
      min: 1,
      max: 86_400,
      helpValue: 'SECONDS',
    }),
    summary: Flags.boolean({
      summary: 'a live view in place of the events: rate, errors, p95, features, customers',
    }),
    sweep: Flags.boolean({summary: 'only remove what killed runs have left on this bus'}),
  }

  async run(): Promise<object | undefined> {
    const {flags} = await this.parse(EventsTail)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {detailType} = roadSettings(await this.sources(flags), '', '')
    const pattern = await patternOfChoice(flags, detailType)
    const expected = flags.expect === undefined ? undefined : await patternOfArgument(flags.expect)
    const seconds = flags.timeout ?? (expected && 60)
    const {clients, now, settings, where} = await this.session(flags)
    const {bus} = settings
    await checkBus(await clients.eventBridge(), bus)
    if (flags.sweep) return this.sweepOnly(await sweepListeners(clients, bus, now()))

    const traffic = flags.summary ? this.showTraffic(now) : undefined
    const ends = [this.signal, ...(seconds === undefined ? [] : [AbortSignal.timeout(seconds * 1000)])]
    const place = {bus, accountId: where.accountId, region: where.region}
    const {eventCount, isMet} = await watchEvents(
      {clients, now, signal: AbortSignal.any(ends)},
      {
        ...{place, expected, count: flags.count, pattern: pattern.text, id: randomUUID()},
        onListening: (swept) => {
          if (swept.length > 0) this.note(`Removed what killed runs had left: ${swept.join(', ')}.`)
          this.note(
            `Listening on the bus ${bus} (${where.region}, ${where.endpoint ?? 'AWS'}). Ctrl-C ends it.`,
          )
        },
        onEvent: (text) => {
          if (traffic) traffic.add(text, now())
          else this.printLine(text)
        },
      },
    )
    this.note(`${eventCount} events came.`)
    if (isMet === false) this.exitWith(7)
    return undefined
  }

  private printLine(text: string): void {
    process.stdout.write(`${this.jsonEnabled() ? text : cleanText(eventLine(text))}\n`)
  }

  /** The traffic to count events in, which is shown now and then from here on. */
  private showTraffic(now: Now): Traffic {
    const view = new LiveView(process.stdout)
    const traffic = new Traffic(now(), windowMs)
    const ticker = setInterval(
      () => {
        const summary = traffic.summary(now())
        if (this.jsonEnabled()) this.printJsonLine(summary)
        else view.show(trafficText(summary))
      },
      process.stdout.isTTY ? everyMs.terminal : everyMs.elsewhere,
    )
    this.onClose(async () => clearInterval(ticker))
    return traffic
  }

  private sweepOnly(swept: string[]): {removed: string[]} {
    this.print(swept.length === 0 ? 'Nothing was left behind.' : `Removed ${swept.join(', ')}.`)
    return {removed: swept}
  }
}
