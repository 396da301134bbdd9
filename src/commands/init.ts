import {existsSync} from 'node:fs'
import {resolve} from 'node:path'
import {Flags} from '@oclif/core'
import {BaseCommand} from '../lib/cli/base-command'
import {configFileName} from '../lib/cli/config-file'
import {nameFlags, yesFlag} from '../lib/cli/flags'
import type {InitAnswers} from '../lib/cli/init-config'
import type {InitGiven} from '../lib/cli/init-questions'

export interface InitResult {
  file: string
  /** False where a file was there before. */
  created: boolean
}

export default class Init extends BaseCommand {
  static override summary = 'Write usage-tracker.yaml'
  static override description =
    'The file holds the names of bus, rule, stream and the rest, and an environment with its profile, region and account. On a terminal it asks for what flags do not ' +
    'say; elsewhere flags alone count and the rest keeps its default. --env names the environment, --config the file. --yes asks nothing and replaces a file that is there.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --env prod --profile usage-prod --region eu-west-1 --account 111122223333',
  ]
  static override flags = {
    ...nameFlags,
    account: Flags.string({
      summary: 'the only account that commands may work on',
      env: 'USAGE_TRACKER_ACCOUNT',
      helpValue: 'ID',
    }),
    yes: yesFlag,
  }

  async run(): Promise<InitResult> {
    const {flags} = await this.parse(Init)
    const file = resolve(flags.config ?? configFileName)
    const created = !existsSync(file)
    if (!created) await this.confirm(`${file} exists. Write it anew?`, flags)
    const {env: environment, 'detail-type': detailType, 'endpoint-url': endpointUrl, ...rest} = flags
    const given = {...rest, environment, detailType, endpointUrl}
    const {writeConfig} = await import('../lib/cli/write-config')
    writeConfig(file, await this.complete(given, flags.yes))
    this.print(`${created ? 'wrote' : 'rewrote'} ${file}`)
    return {file, created}
  }

  /** Asks for what is missing where somebody can be asked and has not said "--yes". */
  private async complete(given: InitGiven, yes: boolean): Promise<InitAnswers> {
    const {canAsk} = await import('../lib/cli/prompts')
    if (yes || this.jsonEnabled() || !canAsk()) return {...given, environment: given.environment ?? 'dev'}
    const {askInit} = await import('../lib/cli/init-questions')
    return askInit(given)
  }
}
