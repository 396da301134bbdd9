import {Flags} from '@oclif/core'
import type {PolicyDocument} from '../road/policies'
import type {RoadSettings} from '../road/settings'
import {BaseCommand} from './base-command'
import {globalFlags} from './flags'
import type {SessionFlags} from './flags'
import type {Session} from './session-types'

export type {PolicyDocument}

type Settled = Pick<Session, 'settings' | 'config'>

/** The roads that a run works on, by its settings and the configuration file. */
export type ChooseRoads = (from: Settled) => RoadSettings[] | Promise<RoadSettings[]>

/** A plan of changes, as a command shows it and carries it out. */
export interface ShownPlan {
  /** Where nothing would change, nothing is asked. */
  changed: boolean
  /** The plan, or what was done, for a person; lines are broken at `width`. */
  text: (form: {isDone?: boolean; width: number | undefined}) => string
  /** What was done, in one line. */
  summary: () => string
  question: string
  apply: () => Promise<unknown>
}

/** Flags by which somebody says what may be done without being asked. */
export interface Consent {
  yes?: boolean | undefined
  'dry-run'?: boolean | undefined
  check?: boolean | undefined
}

/** A command that speaks to AWS, or to what stands in for it: it can say what it must be let do there. */
export abstract class AwsCommand extends BaseCommand {
  static override baseFlags = {
    ...globalFlags,
    'print-policy': Flags.boolean({
      summary: 'print the least IAM policy that this run needs, and do nothing else',
    }),
  }

  /**
   * Prints the least policy for this run, which is the answer of `--print-policy`. Nothing is called but, where neither the configuration
   * nor the endpoint tells the account, GetCallerIdentity. `words` are the flags and arguments. Throws what `sources` and `session` throw.
   */
  protected async printPolicy(
    words: SessionFlags & Readonly<Record<string, unknown>>,
    choose: ChooseRoads = ({settings}) => [settings],
  ): Promise<PolicyDocument> {
    const [{policyOf}, {roadResources}] = await Promise.all([
      import('../permissions/policy'),
      import('../road/road'),
    ])
    const scopes = (await choose(await this.settled(words))).map((one) => ({road: roadResources(one), words}))
    const policy = policyOf(this.id ?? '', scopes)
    if (policy.Statement.length === 0) this.note('This needs no permission.')
    this.print(JSON.stringify(policy, undefined, 2))
    return policy
  }

  /** Shows the plan, asks, applies it, and shows what was done. With `--dry-run` and `--check` it is only shown. */
  protected async carryOut(plan: ShownPlan, consent: Consent): Promise<void> {
    if (consent.check || consent['dry-run'] || !plan.changed) {
      this.print(plan.text({width: this.width(process.stdout)}))
      return
    }
    if (!consent.yes) this.note(plan.text({width: this.width(process.stderr)}))
    await this.confirm(plan.question, consent)
    await plan.apply()
    // Whoever was asked on this terminal has the plan before their eyes.
    const isShown = !consent.yes && process.stdout.isTTY
    this.print(isShown ? plan.summary() : plan.text({isDone: true, width: this.width(process.stdout)}))
  }

  private async settled(flags: SessionFlags): Promise<Settled> {
    const {chooseWhere, roadSettings} = await import('./settings')
    const {localAccountId} = await import('./local-place')
    const sources = await this.sources(flags)
    const {pinnedAccount, place, region} = chooseWhere(sources)
    const known = pinnedAccount ?? (place.kind === 'local' ? localAccountId : undefined)
    const accountId = known ?? (await this.session(flags)).where.accountId
    return {settings: roadSettings(sources, accountId, region), config: sources.config}
  }
}
