import {existsSync} from 'node:fs'
import {resolve} from 'node:path'
import {Flags} from '@oclif/core'
import {AwsCommand} from '../lib/cli/aws-command'
import {configFileName} from '../lib/cli/config-file'
import {nameFlags, yesFlag} from '../lib/cli/flags'
import type {SessionFlags} from '../lib/cli/flags'
import type {InitAnswers} from '../lib/cli/init-config'
import type {InitGiven} from '../lib/cli/init-questions'
import type {PolicyDocument} from '../lib/road/policies'

export interface InitResult {
  file: string
  /** False where a file was there before. */
  created: boolean
  /** With --from-rule: the names of the bindings that were written. */
  bindings?: string[]
  /** With --from-rule: what could not be taken over. */
  remarks?: readonly string[]
}

export default class Init extends AwsCommand {
  static override summary = 'Write usage-tracker.yaml'
  static override description =
    'The file holds the names of bus, rule, stream and the rest, and an environment with its profile, region and account. On a terminal it asks for what flags do not ' +
    'say; elsewhere flags alone count and the rest keeps its default. --env names the environment, --config the file. --yes asks nothing and replaces a file that is there. ' +
    '--from-rule reads what is deployed, in this tool or by hand, and changes nothing of it: rule, targets, stream, bucket, table, workgroup, dead-letter queue, retries, input, ' +
    'roles, archive. Each target that can be bound becomes a binding; what could not be read or said stands as a comment. "bind-target --all --check" then names what differs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --env prod --profile usage-prod --region eu-west-1 --account 111122223333',
    '<%= config.bin %> <%= command.id %> --from-rule api-usage --bus usage --region eu-west-1',
  ]
  static override flags = {
    'from-rule': Flags.string({summary: 'deployed rule to fill the file from', helpValue: 'RULE'}),
    ...nameFlags,
    account: Flags.string({
      summary: 'the only account that commands may work on',
      env: 'USAGE_TRACKER_ACCOUNT',
      helpValue: 'ID',
    }),
    yes: yesFlag,
  }

  async run(): Promise<InitResult | PolicyDocument> {
    const {flags} = await this.parse(Init)
    const rule = flags['from-rule']
    // The file and the environment that are written need not be there yet.
    const place = {...flags, config: undefined, env: undefined}
    if (flags['print-policy']) {
      return this.printPolicy(place, ({settings}) => [{...settings, rule: rule ?? settings.rule}])
    }
    const file = resolve(flags.config ?? configFileName)
    const created = !existsSync(file)
    if (!created) await this.confirm(`${file} exists. Write it anew?`, flags)
    const {env: environment, 'detail-type': detailType, 'endpoint-url': endpointUrl, ...rest} = flags
    const given = {...rest, environment, detailType, endpointUrl}
    const answers =
      rule === undefined ? await this.complete(given, flags.yes) : await this.adopt(rule, place, given)
    const {writeConfig} = await import('../lib/cli/write-config')
    writeConfig(file, answers)
    this.print(`${created ? 'wrote' : 'rewrote'} ${file}`)
    if (rule === undefined) return {file, created}
    this.note(`"${this.config.bin} bind-target --all --check" says what differs from what it would make.`)
    const bindings = (answers.bindings ?? []).map(({name}) => name)
    return {file, created, bindings, remarks: answers.remarks ?? []}
  }

  /** Asks for what is missing where somebody can be asked and has not said "--yes". */
  private async complete(given: InitGiven, yes: boolean): Promise<InitAnswers> {
    const {canAsk} = await import('../lib/cli/prompts')
    if (yes || this.jsonEnabled() || !canAsk()) return {...given, environment: given.environment ?? 'dev'}
    const {askInit} = await import('../lib/cli/init-questions')
    return askInit(given)
  }

  /** Reads what is deployed around a rule. */
  private async adopt(rule: string, place: SessionFlags, given: InitGiven): Promise<InitAnswers> {
    const {clients, settings} = await this.session(place)
    const {adoptRule} = await import('../lib/binding/adopt/adopt-rule')
    const {adoptedAnswers} = await import('../lib/cli/adopted-answers')
    const adopted = await adoptRule(clients, {...settings, rule})
    const answers = adoptedAnswers(adopted, {...given, rule: undefined}, settings)
    for (const remark of answers.remarks ?? []) this.warn(remark)
    return answers
  }
}
