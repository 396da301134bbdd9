import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {patternOfChoice, whereFlag} from '../../lib/cli/pattern-argument'
import {formatTime} from '../../lib/core/time'
import {findEvents} from '../../lib/events/find/find-events'
import {findRange} from '../../lib/events/find/find-range'
import {foundLine} from '../../lib/events/find/found-event'
import {nowhere} from '../../lib/events/find/nowhere'
import {cleanText} from '../../lib/render/clean-text'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'

export default class EventsFind extends AwsCommand {
  static override summary = 'Find events: where they are, when they arrived and how they bill'
  static override description =
    'Prints one line of JSON for each copy that is stored in the lake: the object, its time of arrival, how it bills (counted, ' +
    'late: counted and a day or more behind, duplicate, test) and the event itself. An ID is the eventId of an event or the id that the ' +
    'bus gave; one that is not in the lake is also sought in quarantine, among what the stream could not write and among dead letters of the rule. ' +
    'Exit code 3 when an ID, or any event, is nowhere. --from and --to are billing times.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 0195a3f2-7a5e-7000-8000-000000000001',
    `<%= config.bin %> <%= command.id %> --customer customer-0042 --from -2d --where 'detail.response.status>=500' | jq .event`,
  ]
  static override strict = false
  static override args = {
    id: Args.string({
      description: 'eventId of an event, or the id that the bus gave it; several may stand there',
    }),
  }
  static override flags = {
    customer: Flags.string({summary: 'events of this customer', helpValue: 'ID'}),
    user: Flags.string({summary: 'events of this user', helpValue: 'ID'}),
    service: Flags.string({summary: 'events of this service', helpValue: 'NAME'}),
    feature: Flags.string({summary: 'events of this feature', helpValue: 'NAME'}),
    where: whereFlag,
    from: Flags.string({summary: 'events from here on [default: -31d]', helpValue: 'TIME'}),
    to: Flags.string({summary: 'events before this [default: in a day]', helpValue: 'TIME'}),
    limit: Flags.integer({summary: 'end after so many events', min: 1, helpValue: 'N'}),
    bus: nameFlags.bus,
    rule: nameFlags.rule,
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
  }

  async run(): Promise<object | undefined> {
    const {argv, flags} = await this.parse(EventsFind)
    const ids = argv as string[]
    if (flags['print-policy']) return this.printPolicy({...flags, id: ids[0]})
    const {signal} = this
    const session = await this.session(flags)
    const {settings, clients, now} = session
    const range = findRange(flags, now())
    const pattern = flags.where && (await patternOfChoice(flags, settings.detailType))
    const deps = await reportDeps(session, {root: this.config.root, signal})
    const question = {...flags, ids, range, pattern}
    const missing = new Set(ids)
    let foundCount = 0
    const place = {...reportPlace(session), settings}
    for await (const found of findEvents({...deps, clients}, question, place, missing)) {
      await this.write(`${foundLine(found)}\n`)
      foundCount += 1
      if (foundCount === flags.limit) break
    }
    if (foundCount === 0) throw nowhere(ids, range)
    this.note(`${foundCount} found, of ${formatTime(range.from)} to ${formatTime(range.to)}.`)
    if (missing.size > 0 && foundCount !== flags.limit) {
      this.note(cleanText(`Nowhere: ${[...missing].join(', ')}.`))
      this.exitWith(3)
    }
    return undefined
  }
}
