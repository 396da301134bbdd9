import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import type {SessionFlags} from '../../lib/cli/flags'
import {patternTextOf, patternTextOfArgument} from '../../lib/cli/pattern-argument'
import {roadSettings} from '../../lib/cli/settings'
import {OpError} from '../../lib/core/errors'
import {cleanText} from '../../lib/render/clean-text'
import type {PolicyDocument} from '../../lib/road/policies'
import type {LintResult} from '../../lib/rules/lint/finding'
import {lintLines} from '../../lib/rules/lint/lint-text'
import {lintPatterns, lintRules} from '../../lib/rules/lint/run-lint'
import type {PatternText} from '../../lib/rules/lint/run-lint'
import {shapeFor} from '../../lib/rules/lint/usage-event-shape'

type Given = SessionFlags & {pattern?: string | undefined}

export default class PatternLint extends AwsCommand {
  static override summary = 'Find patterns that are invalid, match nothing, overlap or go round in a loop'
  static override description =
    'Looks at the rules of a bus, or at patterns in files, which needs no account. Errors are: invalid (EventBridge refuses ' +
    'it), dead (no event can match), overlap (an event would be delivered twice to one target), loop (a rule leads an event back ' +
    'to the bus it was on). Warnings name branches of $or that EventBridge forgets, parts of a pattern that do nothing, rules ' +
    'without a target, and quotas. Overlaps, loops and forgotten branches come with an event that shows them. Exit code 9 on an error, with --strict also on a warning.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --bus usage --rule api-usage --json',
    '<%= config.bin %> <%= command.id %> patterns/checkout.json patterns/refunds.json --strict',
  ]
  static override args = {
    files: Args.string({
      description: 'files that hold a pattern each, instead of the rules of a bus',
      multiple: true,
    }),
  }
  static override flags = {
    pattern: Flags.string({summary: 'a pattern, instead of the rules of a bus', helpValue: 'JSON|@FILE'}),
    bus: nameFlags.bus,
    rule: {...nameFlags.rule, summary: 'only what concerns this rule [default: all rules of the bus]'},
    strict: Flags.boolean({summary: 'exit with 9 on warnings too'}),
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<LintResult | PolicyDocument> {
    const {args, flags} = await this.parse(PatternLint)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const files = args.files ?? []
    const isOffline = files.length > 0 || flags.pattern !== undefined
    if (isOffline && this.wasGiven('rule')) {
      throw new OpError('usage', 'PATTERN_CHOICE', 'Patterns and a rule are both named.', {
        hint: 'Give one of them: a rule is looked up on its bus.',
      })
    }
    const result = isOffline ? await this.lintTexts(files, flags) : await this.lintBus(flags)
    this.print(lintLines(result).map(cleanText).join('\n'))
    if (result.errorCount > 0 || (flags.strict && result.warningCount > 0)) this.exitWith(9)
    return result
  }

  /** Patterns by themselves; no account is asked. */
  private async lintTexts(files: readonly string[], flags: Given): Promise<LintResult> {
    const patterns: PatternText[] = []
    for (const file of files) patterns.push({name: file, text: await patternTextOf(file)})
    if (flags.pattern !== undefined) {
      patterns.push({name: undefined, text: await patternTextOfArgument(flags.pattern)})
    }
    return lintPatterns(patterns, shapeFor(roadSettings(await this.sources(flags), '', '')))
  }

  private async lintBus(flags: Given): Promise<LintResult> {
    const {clients, settings, where} = await this.session(flags, {identify: false})
    this.note(`Rules of the bus ${settings.bus} (${where.region}, ${where.endpoint ?? 'AWS'}).`)
    const only = this.wasGiven('rule') ? settings.rule : undefined
    return lintRules(clients, settings.bus, only, shapeFor(settings))
  }
}
