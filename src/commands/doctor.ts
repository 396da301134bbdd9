import {randomUUID} from 'node:crypto'
import {setTimeout as sleep} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {chooseBindings} from '../lib/binding/choose-bindings'
import {completeChoice, meantRoads} from '../lib/binding/questions/complete-choice'
import {AwsCommand, type PolicyDocument} from '../lib/cli/aws-command'
import {bindingFlags, bindingWords, patternFlag, roadFlags, roadWords} from '../lib/cli/binding-flags'
import type {SessionFlags} from '../lib/cli/flags'
import {patternOfArgument} from '../lib/cli/pattern-argument'
import type {Session} from '../lib/cli/session-types'
import {chooseWhere} from '../lib/cli/settings'
import {OpError} from '../lib/core/errors'
import {runCanary} from '../lib/doctor/canary/run-canary'
import {diagnose, doctorContext, doctorRoad} from '../lib/doctor/diagnose'
import type {DoctorDeps} from '../lib/doctor/diagnose'
import {doctorResult} from '../lib/doctor/doctor-result'
import type {DoctorResult} from '../lib/doctor/doctor-result'
import {doctorText} from '../lib/doctor/doctor-text'
import {givenWords} from '../lib/doctor/given-words'
import {withoutAccess} from '../lib/doctor/no-access'
import {cleanText} from '../lib/render/clean-text'
import {billingReport} from '../lib/reports/billing'
import {reportDeps, reportPlace} from '../lib/reports/report-session'
import {runQuery} from '../lib/reports/run-query'
import {runReport} from '../lib/reports/run-report'
import {checkSettings} from '../lib/road/check-settings'
import type {RoadSettings} from '../lib/road/settings'

const hourMs = 3_600_000
/** The flags that `bind-target` takes too, for the commands that mend. */
const bindFlags = Object.keys({...roadFlags, pattern: patternFlag, ...bindingFlags})
/** Firehose may hold an event back for 900 seconds. */
const defaultTimeoutSeconds = 900

export default class Doctor extends AwsCommand {
  static override summary = 'Walk the road hop by hop: where events stop, and the command that mends it'
  static override description = [
    'Looks at every hop from the caller to the report, all at once, and changes nothing. It takes the flags of bind-target that say',
    'what a road is to be; what nobody says of role, retries and input is judged as it is deployed. Each hop is ok, something to look at',
    '(warn), broken or skipped, with the reason; what can be mended comes with the command that does it. A service that cannot be',
    'asked makes its check skipped, never broken. --canary sends one marked event, which no report counts, and follows it',
    'until a query sees it. Exit code 9 when something is broken, 7 when the canary was not seen in time.',
  ].join(' ')
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --canary --timeout 1200',
    '<%= config.bin %> <%= command.id %> checkout --env production --json',
  ]
  static override args = {
    name: Args.string({description: 'binding of the configuration file'}),
  }
  static override flags = {
    ...roadFlags,
    pattern: patternFlag,
    ...bindingFlags,
    canary: Flags.boolean({summary: 'send a marked event and follow it to the report'}),
    timeout: Flags.integer({
      summary: 'how long to follow the canary, in seconds [default: 900]',
      min: 1,
      dependsOn: ['canary'],
      helpValue: 'SECONDS',
    }),
  }

  async run(): Promise<DoctorResult | PolicyDocument> {
    const {args, flags} = await this.parse(Doctor)
    const pattern = flags.pattern === undefined ? undefined : await patternOfArgument(flags.pattern)
    const words = {...roadWords(flags), ...(await bindingWords(flags)), pattern: pattern?.text}
    const named = {name: args.name, all: false}
    if (flags['print-policy']) return this.printPolicy(flags, meantRoads(named, words, false))
    const session = await this.openSession(flags)
    if (!('clients' in session)) return this.conclude(session)
    const {settings, config, where, local} = session
    const choice = await completeChoice(named, config.bindings, words, await this.asker(), false)
    const [chosen = settings] = chooseBindings(settings, config.bindings, choice, words)
    checkSettings(chosen)
    const given = givenWords(choice.name, flags, (flag) => this.wasGiven(flag), bindFlags)
    const {road, kept} = await doctorRoad(session.clients, chosen)
    const context = doctorContext({...(await this.ports(session, chosen)), given, kept}, road)
    const hops = await diagnose(context)
    if (!flags.canary) return this.conclude(doctorResult(where, hops))
    const canary = await runCanary(context, hops, {
      eventId: `canary-${randomUUID()}`,
      timeoutMs: (flags.timeout ?? defaultTimeoutSeconds) * 1000,
      deliver: local && (() => local.flush()),
      onFinding: ({hop, status}) => this.note(`${hop}: ${status}`),
    })
    return this.conclude(doctorResult(where, [...hops, ...canary.hops]), canary.timedOut ? 7 : 9)
  }

  /** The session, or the answer where the caller is nobody or of the wrong account. */
  private async openSession(flags: SessionFlags): Promise<Session | DoctorResult> {
    try {
      return await this.session(flags)
    } catch (error) {
      if (!(error instanceof OpError) || error.kind !== 'denied') throw error
      const {place, region} = chooseWhere(await this.sources(flags))
      const endpoint = place.kind === 'url' ? place.url : undefined
      return doctorResult({accountId: '', region, endpoint}, withoutAccess(error))
    }
  }

  private async ports(session: Session, settings: RoadSettings): Promise<Omit<DoctorDeps, 'given' | 'kept'>> {
    const {clients, where, now} = session
    const {signal} = this
    const ofRoad = {...session, settings}
    const deps = await reportDeps(ofRoad, {root: this.config.root, signal})
    const place = reportPlace(ofRoad)
    return {
      ...{clients, where, now, signal},
      sleep: (ms) => sleep(ms, undefined, {signal}),
      query: async (sql, parameters) => (await runQuery(deps, {...place, sql, parameters})).rows,
      tryReport: () =>
        runReport(deps, billingReport, {from: now() - hourMs, to: now()}, place).then(() => undefined),
    }
  }

  private conclude(result: DoctorResult, exitCode: 7 | 9 = 9): DoctorResult {
    const width = this.width(process.stdout)
    this.print(doctorText(result, width).map(cleanText).join('\n'))
    if (!result.healthy) this.exitWith(exitCode)
    return result
  }
}
