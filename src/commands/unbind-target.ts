import {setTimeout as sleep} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {applyRemovals} from '../lib/binding/remove/apply-removals'
import {changeInWords, hasChanges} from '../lib/binding/change'
import type {Change} from '../lib/binding/change'
import {chooseBindings} from '../lib/binding/choose-bindings'
import {planRemovals} from '../lib/binding/remove/plan-removals'
import {shownPlan} from '../lib/binding/plan/plan-text'
import {completeChoice, meantRoads} from '../lib/binding/questions/complete-choice'
import {AwsCommand, type PolicyDocument} from '../lib/cli/aws-command'
import {roadFlags, roadWords} from '../lib/cli/binding-flags'
import {yesFlag} from '../lib/cli/flags'

export interface UnbindTargetResult {
  /** True where something was deleted; with --dry-run, where something would be. */
  changed: boolean
  changes: Change[]
}

export default class UnbindTarget extends AwsCommand {
  static override summary = 'Take a binding away: what bind-target made, and nothing else'

  static override description = [
    'Reads what is there, shows the plan with the reason for all that stays, deletes and reads it back. Only what carries',
    'the tag usage-tracker:binding of the binding goes. Table and database have no tags: a table goes where it lies over',
    'the raw events of the bucket, a database where it is described as bind-target does and has no other table.',
    'A bucket with data, a queue with messages and a stream that other rules send to always stay; there is no flag for it.',
  ].join(' ')

  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --rule checkout --yes',
    '<%= config.bin %> <%= command.id %> --all',
  ]

  static override args = {
    name: Args.string({description: 'binding of the configuration file'}),
  }

  static override flags = {
    all: Flags.boolean({summary: 'every binding of the configuration file'}),
    ...roadFlags,
    'dry-run': Flags.boolean({summary: 'show the plan and change nothing'}),
    yes: yesFlag,
  }

  async run(): Promise<UnbindTargetResult | PolicyDocument> {
    const {args, flags} = await this.parse(UnbindTarget)
    const words = roadWords(flags)
    const named = {name: args.name, all: flags.all}
    if (flags['print-policy']) return this.printPolicy(flags, meantRoads(named, words))
    const asker = await this.asker(flags)
    const {clients, config, now, settings, where} = await this.session(flags, {asker})
    const choice = await completeChoice(named, config.bindings, words, asker)
    const chosen = chooseBindings(settings, config.bindings, choice, words)
    const plans = await planRemovals(clients, chosen)
    const changes = plans.flatMap((plan) => plan.changes)
    const result = {changed: hasChanges(changes), changes}
    const apply = () => {
      const deps = {clients, now, sleep, signal: this.signal}
      return applyRemovals(deps, plans, (change) => this.note(`Done: ${changeInWords(change)}`))
    }
    await this.carryOut(shownPlan({changes, where, question: 'Delete these?', apply}), flags)
    return result
  }
}
