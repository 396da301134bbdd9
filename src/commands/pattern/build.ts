import {Flags} from '@oclif/core'
import {BaseCommand} from '../../lib/cli/base-command'
import {roadSettings} from '../../lib/cli/settings'
import {parseWhere} from '../../lib/core/where'
import {parseTextList} from '../../lib/core/where-values'
import type {PatternRequest} from '../../lib/pattern/write/build-pattern'
import {writePattern} from '../../lib/pattern/write/write-pattern'
import type {DetailContract} from '../../lib/pattern/write/write-pattern'
import {usageEventFields} from '../../lib/usage-event/fields'

/** Repeatable, and each a comma separated list. */
const list = {multiple: true, multipleNonGreedy: true, helpValue: 'A,B'} as const

export default class PatternBuild extends BaseCommand {
  static override summary = 'Write an event pattern from conditions'
  static override description =
    'Prints the pattern alone, so that it can go into a file; it needs no account. Only what is asked for is in it, and it is ' +
    'refused where EventBridge would not take it. A condition is PATH OP VALUE: = (one of a,b), != (none of), < <= > >= ' +
    '(numbers), ^= (begins with), $= (ends with), ~= (equal in any case of letters), like (* is any text), in (10.0.0.0/8), ' +
    'exists, missing. All must hold. Fields of usage events have the types of their contract: detail.customer.id=42 asks for ' +
    'the text "42". Put a text with a comma, or one that looks like a number, in double quotes. For the region of events write ' +
    '--where region=eu-west-1. Without any of these flags a terminal is asked for all of it.'
  static override examples = [
    `<%= config.bin %> <%= command.id %> --source my-applications --where 'detail.response.status>=500' --where 'detail.customer.plan=pro,enterprise' > pattern.json`,
    `<%= config.bin %> pattern test events.ndjson --pattern "$(<%= config.bin %> <%= command.id %> --where 'detail.response.status>=500')"`,
    `<%= config.bin %> <%= command.id %> --detail-type api-usage-event --where 'detail.api.route like /v1/*/items' --where 'detail.customer.id missing'`,
  ]
  static override flags = {
    source: Flags.string({...list, summary: 'sources of events, any of them'}),
    'detail-type': Flags.string({...list, summary: 'detail-types of events, any of them'}),
    account: Flags.string({...list, summary: 'accounts that events are sent in, any of them'}),
    resource: Flags.string({...list, summary: 'ARNs that events are about, any of them'}),
    where: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: 'condition on a field; all must hold',
      helpValue: 'PATH OP VALUE',
    }),
  }

  /** The pattern itself is the answer. */
  async run(): Promise<object> {
    const {flags} = await this.parse(PatternBuild)
    const {source, 'detail-type': detailType, account, resource, where, ...others} = flags
    const names = roadSettings(await this.sources(others), '', '')
    const contract = {detailType: names.detailType, fields: usageEventFields()}
    const lists = {source, 'detail-type': detailType, account, resource}
    const isAsked = [where, ...Object.values(lists)].some((given) => given !== undefined)
    const request = isAsked ? toRequest(lists, where) : await this.ask(contract, names.source)
    const {pattern, text, warnings, remarks} = writePattern(request, contract)
    for (const warning of warnings) this.warn(warning)
    for (const remark of remarks) this.note(remark)
    this.print(text)
    return pattern
  }

  /** Nothing where nobody can be asked. */
  private async ask(contract: DetailContract, source: string): Promise<PatternRequest> {
    const {canAsk} = await import('../../lib/cli/prompts')
    if (this.jsonEnabled() || !canAsk()) return {}
    const {askPattern} = await import('../../lib/cli/pattern-questions')
    const {terminalAsker} = await import('../../lib/cli/terminal-asker')
    return askPattern(terminalAsker, contract, {source})
  }
}

type Lists = Record<'source' | 'detail-type' | 'account' | 'resource', string[] | undefined>

function toRequest(lists: Lists, where: readonly string[] = []): PatternRequest {
  const texts = (flag: keyof Lists) => lists[flag]?.flatMap((text) => parseTextList(text, `--${flag}`))
  return {
    sources: texts('source'),
    detailTypes: texts('detail-type'),
    accounts: texts('account'),
    resources: texts('resource'),
    where: where.map(parseWhere),
  }
}
