import {setTimeout as sleep} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {applyBindings} from '../lib/binding/apply/apply-bindings'
import {changeInWords, hasChanges, hasDrift} from '../lib/binding/change'
import type {Change} from '../lib/binding/change'
import {chooseBindings} from '../lib/binding/choose-bindings'
import {shownPlan} from '../lib/binding/plan/plan-text'
import {completeChoice, meantRoads} from '../lib/binding/questions/complete-choice'
import {openOf, planAsking} from '../lib/binding/questions/plan-asking'
import {AwsCommand, type PolicyDocument} from '../lib/cli/aws-command'
import {bindingFlags, bindingWords, patternFlag, roadFlags, roadWords} from '../lib/cli/binding-flags'
import {yesFlag} from '../lib/cli/flags'
import {patternOfArgument} from '../lib/cli/pattern-argument'

export interface BindTargetResult {
  /** True where something was changed; with --dry-run and --check, where something would be. */
  changed: boolean
  changes: Change[]
}

export default class BindTarget extends AwsCommand {
  static override summary = 'Bind a rule to its target: everything from the event bus to the table'

  static override description = [
    'Reads what is there, shows the plan, applies it and reads it back. With all defaults it makes everything that a',
    'report needs: bus, rule, delivery stream, bucket, roles, database, raw table, workgroup and schema discoverer.',
    'Another target (--target: a queue, bus, Kinesis stream, log group, function, state machine or API destination) gets',
    'bus, rule, permission and discoverer. A second run changes nothing. Other targets of the rule are left alone, and so are',
    'tags that others gave. What was there before and carries no tag of a binding is never deleted by unbind-target, unless',
    '--adopt takes it over. A dead-letter queue is made where it is missing. With --record-format parquet Firehose converts',
    'events to Parquet: what it wrote before stays readable, and an event whose values do not fit the table is put aside under',
    'errors/ and not counted.',
  ].join(' ')

  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --yes --dlq usage-dead-letters',
    `<%= config.bin %> <%= command.id %> --rule checkout --pattern '{"detail":{"service":{"name":["checkout"]}}}'`,
    '<%= config.bin %> <%= command.id %> --rule audit --target arn:aws:sqs:eu-west-1:111122223333:audit',
    '<%= config.bin %> <%= command.id %> --record-format parquet --dry-run',
    '<%= config.bin %> <%= command.id %> --all --check',
  ]

  static override args = {
    name: Args.string({description: 'binding of the configuration file'}),
  }

  static override flags = {
    all: Flags.boolean({summary: 'every binding of the configuration file'}),
    ...roadFlags,
    pattern: patternFlag,
    ...bindingFlags,
    adopt: Flags.boolean({
      summary: 'tag what is there without the tag of a binding, so that unbind-target deletes it too',
    }),
    check: Flags.boolean({
      summary: 'change nothing; exit with 9 where something differs',
      exclusive: ['dry-run', 'yes'],
    }),
    'dry-run': Flags.boolean({summary: 'show the plan and change nothing'}),
    yes: yesFlag,
  }

  async run(): Promise<BindTargetResult | PolicyDocument> {
    const {args, flags} = await this.parse(BindTarget)
    const pattern = flags.pattern === undefined ? undefined : await patternOfArgument(flags.pattern)
    const words = {...roadWords(flags), ...(await bindingWords(flags)), pattern: pattern?.text}
    const named = {name: args.name, all: flags.all}
    if (flags['print-policy']) return this.printPolicy(flags, meantRoads(named, words))
    const asker = await this.asker(flags)
    const {clients, config, now, said, settings, where} = await this.session(flags, {asker})
    const choice = await completeChoice(named, config.bindings, words, asker)
    const chosen = chooseBindings(settings, config.bindings, choice, words)
    const open = openOf(choice, said, words)
    const plans = await planAsking({clients, asker, open, now}, chosen, flags.adopt)
    const changes = plans.flatMap((plan) => plan.changes)
    const result = {changed: hasChanges(changes), changes}
    if (flags.check && hasDrift(changes)) this.exitWith(9)
    const apply = () => {
      const deps = {clients, now, sleep, signal: this.signal}
      return applyBindings(deps, plans, (change) => this.note(`Done: ${changeInWords(change)}`))
    }
    await this.carryOut(shownPlan({changes, where, question: 'Make these changes?', apply}), flags)
    return result
  }
}
