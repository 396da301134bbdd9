import {setTimeout as delay} from 'node:timers/promises'
import {Args, Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../lib/cli/aws-command'
import {nextWord, type KnownCommand, type NextWord} from '../lib/cli/completion/next-word'
import {splitLine} from '../lib/cli/completion/split-line'
import {builtInName} from '../lib/core/schema-source'
import {completeRegistries, completeSchemas} from '../lib/schemas/complete-names'
import {learnedForms} from '../lib/schemas/discover/learned-form'
import {exportForms} from '../lib/schemas/export-form'
import {RegistryClient} from '../lib/schemas/registry-client'

/** Nobody waits longer for a word. */
const patienceMs = 3000

/** Forms of documents, which the commands check themselves. */
const forms: Readonly<Record<string, readonly string[]>> = {
  'schemas:export': exportForms,
  'schemas:discover': learnedForms,
}

function withForms(commands: readonly KnownCommand[]): KnownCommand[] {
  return commands.map((command) => {
    const as = command.flags['as']
    const options = forms[command.id]
    return as && options ? {...command, flags: {...command.flags, as: {...as, options}}} : command
  })
}

export default class Complete extends AwsCommand {
  static override hidden = true
  static override summary = 'Print what may come at the end of a command line'
  static override description =
    'One word a line; what the script of "completion" asks for. What cannot be found out is left out without a word.'
  static override examples = ['<%= config.bin %> complete "<%= config.bin %> schemas export my-"']
  static override args = {line: Args.string({description: 'the line as far as it is typed', required: true})}
  static override flags = {registry: Flags.string({hidden: true})}

  async run(): Promise<{words: string[]} | PolicyDocument> {
    const {args, flags} = await this.parse(Complete)
    if (flags['print-policy']) return this.printPolicy({...flags, ...args})
    const next = nextWord(splitLine(args.line).slice(1), withForms(this.config.commands))
    const words = next.kind === 'words' ? next.words : await this.names(next)
    if (words.length > 0) this.print(words.join('\n'))
    return {words}
  }

  private async names(next: Exclude<NextWord, {kind: 'words'}>): Promise<string[]> {
    if (next.kind === 'other') return []
    const found = this.ask(next).catch(() => [])
    const names = await Promise.race([found, delay(patienceMs, [], {ref: false})])
    // Built in, so that it is there without a registry, too.
    return next.kind === 'schemas' && builtInName.startsWith(next.partial) ? [...names, builtInName] : names
  }

  /** Asks the registry that the flags of the line mean. */
  private async ask({
    kind,
    partial,
    flags: words,
  }: Exclude<NextWord, {kind: 'words' | 'other'}>): Promise<string[]> {
    const known = Object.keys({...Complete.baseFlags, ...Complete.flags})
    const isKnown = (word: string) => known.includes(word.replace(/^--/, '').replace(/=.*$/s, ''))
    const own = words.filter((word, i) =>
      word.startsWith('-') ? isKnown(word) : isKnown(words[i - 1] ?? ''),
    )
    // Parsing once more would forget it.
    const json = this.jsonEnabled() ? ['--json'] : []
    const {flags} = await this.parse(Complete, [...own, ...json, '--quiet', '--', ''])
    const {clients} = await this.session(flags, {identify: false})
    const client = new RegistryClient(await clients.schemas())
    return kind === 'registries'
      ? completeRegistries(client, partial)
      : completeSchemas(client, partial, flags.registry)
  }
}
