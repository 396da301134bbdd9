import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {parseTime} from '../../lib/core/time'
import {compact} from '../../lib/lake/compact/compact'
import type {CompactCounts} from '../../lib/lake/compact/compact'
import {compactText, progressText} from '../../lib/lake/compact/compact-text'
import {settledUntil} from '../../lib/lake/compact/settled'
import {initialisedFormats} from '../../lib/lake/init/initialised'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'

export default class LakeCompact extends AwsCommand {
  static override summary =
    'Bring raw events into the table of compacted ones, as Parquet by the day of their billing time'
  static override description =
    'Takes the raw objects that have arrived and are not compacted yet, a day of arrival at a time, late ones too. What is done counts in one step, and ' +
    'reports are right before, during and after. Running it again, twice at once, or after it was killed changes nothing twice. Lines that ' +
    'are no events go to quarantine/ with their reason. Raw objects stay as they are; one whose events no engine sees whole (no line ends, a gzip file ' +
    'that breaks off) is put aside in broken/, and one that holds the same events in its place.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --to today --json',
  ]
  static override flags = {
    to: Flags.string({
      summary: 'compact what arrived before this time [default: the last hour whose objects are all there]',
      helpValue: 'TIME',
    }),
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
  }

  async run(): Promise<CompactCounts | PolicyDocument> {
    const {flags} = await this.parse(LakeCompact)
    if (flags['print-policy']) return this.printPolicy(flags)
    const session = await this.session(flags)
    const now = session.now()
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const to = flags.to === undefined ? settledUntil(now) : parseTime(flags.to, now)
    const formats = await initialisedFormats(deps, place)
    const counts = await compact(deps, place, {
      to,
      formats,
      onProgress: (progress) => this.note(progressText(progress)),
    })
    this.print(compactText(counts))
    return counts
  }
}
