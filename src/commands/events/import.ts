import {setTimeout as delay} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {checkBus} from '../../lib/events/check-bus'
import {openImport} from '../../lib/events/import/open-import'
import type {ImportResult} from '../../lib/events/import/send-log'
import {defaultBadLinesFile, sendLog} from '../../lib/events/import/send-log'
import {progressReporter, sendRemarks, sendText} from '../../lib/events/send-text'
import {cleanText} from '../../lib/render/clean-text'
import type {PolicyDocument} from '../../lib/road/policies'

export default class EventsImport extends AwsCommand {
  static override summary = 'Turn an access log into usage events and send them'
  static override description =
    'Reads the common and the combined format of Apache and nginx, their logs as JSON, and the logs of Application Load ' +
    'Balancers, CloudFront and API Gateway (CLF and JSON), gzip too; each line is told by its look. The route is what the ' +
    'gateway matched, else the path with ids folded and without its query, the feature the first segment of it, the ' +
    'customer the authenticated user; a mapping file changes that, and says where JSON has the values. A log that is ' +
    'imported again gives the same events, which reports count once. Lines that cannot be read are counted and kept in a file.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> access.log.gz',
    'tail -n 1000 access.log | <%= config.bin %> <%= command.id %> - --mapping mapping.yaml',
    'aws s3 cp s3://logs/AWSLogs/alb.log.gz - | <%= config.bin %> <%= command.id %> -',
  ]
  static override args = {
    file: Args.string({description: 'access log, - for standard input', required: true}),
  }
  static override flags = {
    mapping: Flags.string({
      summary:
        'YAML file that says where service, route, feature, customer and user come from, and how JSON calls its fields',
      helpValue: 'FILE',
    }),
    failures: Flags.string({summary: 'keep rejected events here, ready to be sent again', helpValue: 'FILE'}),
    kept: Flags.string({
      summary: 'keep lines that cannot be read here [default: name of the log with .bad-lines]',
      helpValue: 'FILE',
    }),
    concurrency: Flags.integer({summary: 'requests in flight', default: 16, min: 1, max: 64, helpValue: 'N'}),
    bus: nameFlags.bus,
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<ImportResult | PolicyDocument> {
    const {args, flags} = await this.parse(EventsImport)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const source = await openImport(args.file, flags.mapping, process.stdin, signal)
    const {clients, settings, where, now} = await this.session(flags, {identify: false})
    await checkBus(await clients.eventBridge(), settings.bus)
    this.note(`Sending to the bus ${settings.bus} (${where.region}, ${where.endpoint ?? 'AWS'}).`)

    const sleep = (delayMs: number) => delay(delayMs, undefined, {signal}).catch(() => undefined)
    const outcome = await sendLog(
      {put: await clients.bulkPutEvents(settings.bus, now), now, sleep, random: Math.random},
      {
        bus: settings.bus,
        items: source.items(settings),
        concurrency: flags.concurrency,
        failuresFile: flags.failures,
        badLinesFile: flags.kept ?? defaultBadLinesFile(args.file),
        signal,
        onProgress: progressReporter(process.stderr, now, (text) => this.note(text)),
      },
    )
    const {result} = outcome
    if (result.badLinesFile) this.note(`Lines that could not be read are in ${result.badLinesFile}.`)
    for (const remark of sendRemarks(outcome)) this.note(cleanText(remark))
    this.print(sendText(outcome))
    if (result.rejectedCount > 0 && !outcome.interrupted) this.exitWith(6)
    return result
  }
}
