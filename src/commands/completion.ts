import {Args} from '@oclif/core'
import {BaseCommand} from '../lib/cli/base-command'
import {completionScripts, type CompletionShell} from '../lib/cli/completion/scripts'

export default class Completion extends BaseCommand {
  static override summary = 'Print the script that completes words in bash or zsh'
  static override description =
    'Completes commands, flags, their values, and the names and versions of schemas and registries, which are asked of the registry that the ' +
    'flags and variables of the line mean. Where no name fits, files are completed.'
  static override examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion bash > ~/.local/share/bash-completion/completions/usage-tracker',
    'source <(<%= config.bin %> completion zsh)',
  ]
  static override args = {
    shell: Args.string({
      description: 'the shell',
      required: true,
      options: Object.keys(completionScripts),
    }),
  }

  async run(): Promise<{shell: string; script: string}> {
    const {args} = await this.parse(Completion)
    const script = completionScripts[args.shell as CompletionShell]
    this.print(script)
    return {shell: args.shell, script}
  }
}
