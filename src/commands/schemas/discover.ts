import {Args, Flags} from '@oclif/core'
import {shownPlan} from '../../lib/binding/plan/plan-text'
import {AwsCommand, type Consent, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags, yesFlag, type SessionFlags} from '../../lib/cli/flags'
import type {Session} from '../../lib/cli/session-types'
import {cleanText} from '../../lib/render/clean-text'
import {chooseWork, type DiscoverWords} from '../../lib/schemas/discover/choose-work'
import {
  discoverSchemas,
  documentsText,
  type DiscoverResult,
} from '../../lib/schemas/discover/discover-schemas'
import {learnedForms} from '../../lib/schemas/discover/learned-form'
import {statusText} from '../../lib/schemas/discover/discover-text'
import {discovererStatus, planDiscoverer, type DiscovererStatus} from '../../lib/schemas/discover/discoverer'
import {inWords, type SchemaChange, type SchemaPlan} from '../../lib/schemas/discover/schema-change'

interface SwitchResult {
  /** True where the discoverer was changed; with --dry-run, where it would be. */
  changed: boolean
  changes: SchemaChange[]
}

export default class SchemasDiscover extends AwsCommand {
  static override summary = 'Infer schemas from events, or use the schema discoverer of a bus'
  static override description =
    'Reads events (whole EventBridge events, entries of PutEvents, or any other JSON objects; one a line, one after the ' +
    'other or in an array; gzip too) from a file, standard input or the objects under an S3 prefix, and writes one schema for each source and ' +
    'detail type, and one for all other objects. --registry puts them into a registry, as versions where they differ from what is ' +
    'there. With --start, --stop and --status it is the discoverer of the service that is meant.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> events.ndjson > usage-event.openapi.json',
    '<%= config.bin %> <%= command.id %> s3://usage-111122223333-eu-west-1/events/ --output contracts/',
    '<%= config.bin %> <%= command.id %> events.ndjson --registry contracts --dry-run',
    '<%= config.bin %> <%= command.id %> --start --yes',
    '<%= config.bin %> <%= command.id %> --status',
  ]
  static override args = {
    file: Args.string({description: 'file of events, - for standard input, or s3://BUCKET/PREFIX'}),
  }
  static override flags = {
    as: Flags.string({
      summary: `form of the documents: ${learnedForms.join(', ')} [default: openapi3]`,
      helpValue: 'FORM',
    }),
    output: Flags.string({char: 'o', summary: 'file or folder to write to', helpValue: 'FILE|DIR'}),
    registry: Flags.string({
      summary: 'registry to put the schemas into; made where it is missing',
      helpValue: 'NAME',
    }),
    name: Flags.string({
      summary: 'name of the schema of objects that are no EventBridge events [default: Event]',
      helpValue: 'NAME',
    }),
    start: Flags.boolean({summary: "start the bus's schema discoverer; make it where it is missing"}),
    stop: Flags.boolean({summary: "stop the bus's schema discoverer"}),
    status: Flags.boolean({summary: "show how the bus's schema discoverer stands, and what was found"}),
    bus: nameFlags.bus,
    'dry-run': Flags.boolean({summary: 'show the plan and change nothing'}),
    yes: yesFlag,
  }

  async run(): Promise<DiscoverResult | DiscovererStatus | SwitchResult | PolicyDocument> {
    const {args, flags} = await this.parse(SchemasDiscover)
    const words = {...flags, file: args.file}
    const work = chooseWork(words)
    if (flags['print-policy']) return this.printPolicy(words)
    if (work === 'learn') return this.learn(words)
    const session = await this.session(flags)
    if (work === 'status') {
      const status = await discovererStatus(session.clients, session.settings)
      this.print(statusText(status))
      return status
    }
    const plan = await planDiscoverer(session.clients, session.settings, work)
    return this.changed(session, flags, plan)
  }

  private async learn(words: DiscoverWords & Consent & SessionFlags): Promise<DiscoverResult> {
    let opened: Promise<Session> | undefined
    const connect = () => (opened ??= this.session(words, {identify: words.registry !== undefined}))
    const {result, remarks, plan} = await discoverSchemas(words, {
      stdin: process.stdin,
      signal: this.signal,
      now: () => performance.now(),
      connect: async () => (await connect()).clients,
      onProgress: (text) => this.progress(text),
    })
    for (const remark of remarks) this.note(cleanText(remark))
    if (result.unreadableCount > 0) this.exitWith(6)
    if (plan) return {...result, ...(await this.changed(await connect(), words, plan))}
    this.print(documentsText(result))
    return result
  }

  private async changed(
    {where}: Session,
    consent: Consent,
    {apply, changes}: SchemaPlan,
  ): Promise<SwitchResult> {
    const plan = shownPlan({
      ...{changes, where, question: 'Make these changes?'},
      apply: () => apply((change) => this.note(`Done: ${inWords(change)}`)),
    })
    await this.carryOut(plan, consent)
    return {changed: plan.changed, changes}
  }
}
