import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {patternOfArgument} from '../../lib/cli/pattern-argument'
import {roadSettings} from '../../lib/cli/settings'
import {OpError} from '../../lib/core/errors'
import {cleanText} from '../../lib/render/clean-text'
import type {PolicyDocument} from '../../lib/road/policies'
import {runTest} from '../../lib/rules/run-test'
import type {TestResult} from '../../lib/rules/run-test'
import {eventLines, summaryText} from '../../lib/rules/test-text'

export default class PatternTest extends AwsCommand {
  static override summary = 'Say which events a pattern matches, and why it misses the others'
  static override description =
    'Holds events against a pattern (which needs no account), a deployed rule, or all enabled rules of a bus. Events are read ' +
    'as by "events send": NDJSON, a JSON array, gzip; a usage event alone and a PutEvents entry get the envelope that the bus ' +
    'would put around them. For a miss, every clause that failed is shown with the value seen and the nearest one that would ' +
    'have matched. Exit code 9 when an event missed, or when EventBridge says something else (--remote).'
  static override examples = [
    `<%= config.bin %> <%= command.id %> events.ndjson --pattern '{"detail":{"response":{"status":[{"numeric":[">=",500]}]}}}'`,
    'tail -n 100 events.ndjson | <%= config.bin %> <%= command.id %> - --pattern @pattern.json --any',
    '<%= config.bin %> <%= command.id %> events.ndjson --rule api-usage --remote',
    '<%= config.bin %> <%= command.id %> events.ndjson --bus usage --all-rules --json',
  ]
  static override args = {
    file: Args.string({description: 'file of events, - for standard input'}),
  }
  static override flags = {
    pattern: Flags.string({
      summary: 'the pattern itself, or the file that holds it [default: the pattern of --rule]',
      helpValue: 'JSON|@FILE',
    }),
    rule: nameFlags.rule,
    'all-rules': Flags.boolean({summary: 'all enabled rules of the bus; one that matches is enough'}),
    bus: nameFlags.bus,
    remote: Flags.boolean({summary: 'ask EventBridge as well, and report where it says something else'}),
    any: Flags.boolean({summary: 'exit with 9 only when no event matched'}),
    source: nameFlags.source,
    'detail-type': nameFlags['detail-type'],
  }

  async run(): Promise<TestResult | PolicyDocument> {
    const {args, flags} = await this.parse(PatternTest)
    this.refuseTwoChoices()
    if (flags['print-policy']) return this.printPolicy(flags)
    const pattern = flags.pattern === undefined ? undefined : await patternOfArgument(flags.pattern)
    const {remote} = flags
    const result = await runTest(
      {file: args.file, pattern, allRules: flags['all-rules'], remote},
      {
        stdin: process.stdin,
        signal: this.signal,
        settings: async () => roadSettings(await this.sources(flags), '', ''),
        connect: () => this.session(flags, {identify: remote}),
        onResult: (event) => this.print(eventLines(event).map(cleanText).join('\n')),
      },
    )
    this.print(cleanText(summaryText(result)))
    const missed = flags.any ? result.matchedCount === 0 : result.missedCount > 0
    if (missed || (result.differenceCount ?? 0) > 0) this.exitWith(9)
    return result
  }

  /** Not left to oclif: a rule that a variable names is no choice made on the command line. */
  private refuseTwoChoices(): void {
    const given = ['pattern', 'rule', 'all-rules'].filter((flag) => this.wasGiven(flag))
    if (given.length < 2) return
    const words = given.map((flag) => `--${flag}`).join(' and ')
    throw new OpError('usage', 'PATTERN_CHOICE', `${words} each say what events are held against.`, {
      hint: 'Give one of them.',
    })
  }
}
