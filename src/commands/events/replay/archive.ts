import {setTimeout as delay} from 'node:timers/promises'
import {Flags} from '@oclif/core'
import {AwsCommand} from '../../../lib/cli/aws-command'
import {nameFlags} from '../../../lib/cli/flags'
import {OpError} from '../../../lib/core/errors'
import {formatTime, parseRange} from '../../../lib/core/time'
import {
  cancelReplay,
  findArchive,
  findRule,
  startReplay,
  type ArchiveReplay,
} from '../../../lib/events/replay/archive-replay'
import {replayName} from '../../../lib/events/replay/replay-name'
import {
  archivePlanText,
  archiveRemarks,
  replayEndText,
  replayProgressText,
} from '../../../lib/events/replay/replay-text'
import {describeReplay, watchReplay, type ReplayState} from '../../../lib/events/replay/watch-replay'
import {cleanText} from '../../../lib/render/clean-text'
import {archiveName} from '../../../lib/road/names'
import type {PolicyDocument} from '../../../lib/road/policies'
import type {Session} from '../../../lib/cli/session-types'

export default class EventsReplayArchive extends AwsCommand {
  static override summary = 'Replay events from an archive, and follow the replay to its end'
  static override description =
    'EventBridge delivers the events of a range of time again, to one rule or to all of the bus. They keep their eventId, so ' +
    'reports count them once. Ctrl-C leaves the replay running; --cancel stops it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from -2h --rule partner',
    '<%= config.bin %> <%= command.id %> --from 2026-11-01T10:00:00Z --to 2026-11-01T12:00:00Z --all-rules --yes',
    '<%= config.bin %> <%= command.id %> --cancel usage-tracker-20261101T120000Z',
  ]
  static override flags = {
    archive: Flags.string({summary: "name of the archive [default: the binding's]", helpValue: 'NAME'}),
    from: Flags.string({summary: 'replay events from here on', helpValue: 'TIME'}),
    to: Flags.string({summary: 'replay events before this [default: now]', helpValue: 'TIME'}),
    rule: Flags.string({
      summary: 'only this rule gets the events',
      helpValue: 'NAME',
      exclusive: ['all-rules'],
    }),
    'all-rules': Flags.boolean({summary: 'every rule of the bus gets the events'}),
    name: Flags.string({summary: 'name of the replay [default: made of the time]', helpValue: 'NAME'}),
    wait: Flags.boolean({summary: 'follow the replay to its end', default: true, allowNo: true}),
    cancel: Flags.string({
      summary: 'only stop this replay',
      helpValue: 'NAME',
      exclusive: ['from', 'to', 'rule', 'all-rules', 'name', 'archive'],
    }),
    'dry-run': Flags.boolean({summary: 'only show what would be replayed'}),
    yes: Flags.boolean({summary: 'do not ask'}),
    bus: nameFlags.bus,
  }

  async run(): Promise<ReplayState | object | PolicyDocument> {
    const {flags} = await this.parse(EventsReplayArchive)
    if (flags['print-policy']) return this.printPolicy(flags)
    if (flags.cancel !== undefined) return this.cancelled(await this.session(flags), flags.cancel)
    if (flags.from === undefined) throw missing('--from', 'from which time on events are replayed')
    if (flags.rule === undefined && !flags['all-rules']) {
      throw missing('--rule NAME or --all-rules', 'who gets the events again')
    }
    const session = await this.session(flags)
    const {now, settings, where} = session
    const events = await session.clients.eventBridge()
    const range = parseRange({from: flags.from, to: flags.to}, now())
    const archive = await findArchive(events, flags.archive ?? archiveName(settings))
    const rule = flags.rule === undefined ? undefined : await findRule(events, archive.bus, flags.rule)
    const replay = {name: flags.name ?? replayName(now()), archive, range, rule}

    this.note(cleanText(archivePlanText(replay, where)))
    for (const remark of archiveRemarks(replay, now())) this.note(cleanText(remark))
    if (flags['dry-run']) return planned(replay)
    await this.confirm('Replay these events?', flags)
    await startReplay(events, replay)
    const state = flags.wait
      ? await this.followed(session, replay.name)
      : await describeReplay(events, replay.name)
    this.print(cleanText(replayEndText(state)))
    return {archive: archive.name, bus: archive.bus, ...(rule ? {rule: rule.name} : {}), ...state}
  }

  private async cancelled(session: Session, name: string): Promise<ReplayState> {
    await cancelReplay(await session.clients.eventBridge(), name)
    const state = await this.followed(session, name)
    this.print(cleanText(replayEndText(state)))
    return state
  }

  private async followed({clients, now}: Session, name: string): Promise<ReplayState> {
    const {signal} = this
    const sleep = (delayMs: number) => delay(delayMs, undefined, {signal})
    let said = ''
    return watchReplay({events: await clients.eventBridge(), now, sleep, signal}, name, (state) => {
      const text = replayProgressText(state)
      if (text !== said) this.progress(text)
      said = text
    })
  }
}

function planned({name, archive, range, rule}: ArchiveReplay): object {
  const [from, to] = [range.from, range.to].map(formatTime)
  return {replay: name, archive: archive.name, bus: archive.bus, ...(rule ? {rule: rule.name} : {}), from, to}
}

function missing(flag: string, what: string): OpError {
  return new OpError('usage', 'BAD_USAGE', `It must be said ${what}: ${flag}.`, {
    hint: 'usage-tracker events replay archive --from -2h --rule api-usage',
  })
}
