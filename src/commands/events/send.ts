import {randomInt} from 'node:crypto'
import {setTimeout as delay} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import type {Session} from '../../lib/cli/session-types'
import {confirmFlags, generateFlags, paceFlags} from '../../lib/cli/send-flags'
import {checkBus} from '../../lib/events/check-bus'
import {confirmInLake, refuseUnconfirmable} from '../../lib/events/confirm/confirm-in-lake'
import {Followed} from '../../lib/events/confirm/followed'
import type {SendAnswer} from '../../lib/events/send'
import {sendEvents} from '../../lib/events/send'
import {openSendSource} from '../../lib/events/send-source'
import {confirmText, progressReporter, sendRemarks, sendText, startRemarks} from '../../lib/events/send-text'
import {startSend} from '../../lib/events/start-send'
import {cleanText} from '../../lib/render/clean-text'
import type {PolicyDocument} from '../../lib/road/policies'
import {schemaPorts} from '../../lib/schemas/open/schema-ports'
import {sendSchema} from '../../lib/schemas/send/named-schema'
import {registryFlag} from '../../lib/schemas/schema-flags'

export default class EventsSend extends AwsCommand {
  static override summary = 'Send events to the bus: from a file, or generated ones'
  static override description =
    'Lines or elements of FILE are usage events (details), whole EventBridge events, or PutEvents entries; their keys tell ' +
    'which. NDJSON, a JSON array and JSON over several lines are read, gzip too. Every event is accounted for: read = ' +
    'accepted + rejected. Throttled and failed entries are sent again. Exit code 6 when some were rejected, 7 when ' +
    '--confirm waited in vain. In a --template, {{seq}}, {{uuid}}, {{time}}, {{choice A|B}} and {{number MIN MAX DECIMALS}} ' +
    'are filled in. With --checkpoint a run that was interrupted or killed is gone on with by the same command; of standard ' +
    'input the same bytes must be piped again.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> events.ndjson --failures failed.ndjson',
    'zcat events.gz | <%= config.bin %> <%= command.id %> -',
    `<%= config.bin %> <%= command.id %> '{"service": {"name": "billing"}, "api": {"operation": "getInvoice"}}'`,
    '<%= config.bin %> <%= command.id %> --count 1000 --from -7d --local --confirm',
    '<%= config.bin %> <%= command.id %> events.ndjson.gz --rate 500 --checkpoint events.checkpoint',
    '<%= config.bin %> <%= command.id %> orders.ndjson --validate --schema contracts/orders.yaml --failures failed.ndjson',
    '<%= config.bin %> <%= command.id %> --count 100 --schema contracts/orders.yaml --source shop --detail-type order',
  ]
  static override args = {
    file: Args.string({description: 'file of events, - for standard input, or an event itself as JSON'}),
  }
  static override flags = {
    ...generateFlags,
    validate: Flags.boolean({
      summary: 'reject events that break --schema [default: usage-event, the contract of usage events]',
    }),
    schema: Flags.string({
      summary: 'schema of which events are generated, or which --validate checks: FILE, NAME or NAME:VERSION',
      relationships: [{type: 'some', flags: ['count', 'validate']}],
      exclusive: ['template'],
      helpValue: 'SCHEMA',
    }),
    registry: registryFlag,
    failures: Flags.string({summary: 'keep rejected events here, ready to be sent again', helpValue: 'FILE'}),
    checkpoint: Flags.string({
      summary: 'keep here what is dealt with; the same command goes on from there',
      helpValue: 'FILE',
    }),
    ...paceFlags,
    ...confirmFlags,
    bus: nameFlags.bus,
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<SendAnswer | PolicyDocument> {
    const {args, flags} = await this.parse(EventsSend)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    let opened: Promise<Session> | undefined
    const session = () => (opened ??= this.session(flags, {identify: flags.confirm}))
    const ports = schemaPorts(process.stdin, async () => (await session()).clients.schemas())
    const schema = sendSchema({...flags, ...args}, ports)
    const asked = {...flags, file: args.file, schema, schemaName: flags.schema}
    const source = await openSendSource(asked, process.stdin, signal)
    const {clients, settings, where, now, local} = await session()
    if (flags.confirm) refuseUnconfirmable(settings)
    await checkBus(await clients.eventBridge(), settings.bus)
    const choices = {seed: flags.seed ?? randomInt(2 ** 31), now: now()}
    const start = await startSend(source, {...where, settings, checkpoint: flags.checkpoint, choices})
    for (const remark of startRemarks(start, settings.bus, where, flags.count)) this.note(remark)

    const sleep = (delayMs: number) => delay(delayMs, undefined, {signal}).catch(() => undefined)
    const followed = new Followed()
    const put = await clients.bulkPutEvents(settings.bus, now)
    const outcome = await sendEvents(
      {put: flags.confirm ? followed.through(put) : put, now, sleep, random: Math.random},
      {
        bus: settings.bus,
        ...start,
        concurrency: flags.concurrency,
        perSecond: flags.rate,
        limits: {maxEntryCount: flags['batch-count'], maxBatchBytes: flags['batch-bytes']},
        failuresFile: flags.failures,
        signal,
        onProgress: progressReporter(process.stderr, now, (text) => this.note(text), start.share),
      },
    )
    const {result, interrupted} = outcome
    for (const remark of sendRemarks(outcome)) this.note(cleanText(remark))
    this.print(sendText(outcome))
    if (interrupted) return result
    if (result.rejectedCount > 0) this.exitWith(6)
    if (!flags.confirm) return result
    this.note(`Waiting for the events to stand in bucket ${settings.bucket}, ${flags.timeout} s at most.`)
    const confirmation = await confirmInLake(
      {s3: await clients.s3(), now, sleep, signal, deliver: local && (() => local.flush())},
      followed,
      {bucket: settings.bucket, sentAt: choices.now, timeoutMs: flags.timeout * 1000},
    )
    this.print(confirmText(confirmation))
    if (confirmation.foundCount < confirmation.followedCount) this.exitWith(7)
    return {...result, confirmation}
  }
}
