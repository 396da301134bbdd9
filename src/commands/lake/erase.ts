import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags, yesFlag} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {erase} from '../../lib/lake/erase/erase'
import {erasePlanText, receiptText} from '../../lib/lake/erase/erase-text'
import {planErase, subjectOf} from '../../lib/lake/erase/plan-erase'
import type {EraseResult} from '../../lib/lake/erase/plan-erase'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'

export default class LakeErase extends AwsCommand {
  static override summary = "Take a person's data out of the lake; the events and the bill stay"
  static override description =
    'Blanks the user id, the address and program of the client, the free attributes and every field that the contract does not name of every event of the user ' +
    'or the customer, in raw, compacted and quarantined objects. Events, their ids and the customer stay, so the bill does not change unless a meter reads those fields. Shows the plan first; ' +
    'prints a receipt, and what it cannot reach and until when that lasts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --user customer-0042/user-3 --dry-run',
    '<%= config.bin %> <%= command.id %> --customer acme --yes --json',
  ]
  static override flags = {
    user: Flags.string({summary: 'id of the user', helpValue: 'ID', exactlyOne: ['user', 'customer']}),
    customer: Flags.string({summary: 'id of the customer: of all its users', helpValue: 'ID'}),
    bus: nameFlags.bus,
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    'dry-run': Flags.boolean({summary: 'show the plan and change nothing'}),
    yes: yesFlag,
  }

  async run(): Promise<EraseResult | PolicyDocument> {
    const {flags} = await this.parse(LakeErase)
    if (flags['print-policy']) return this.printPolicy(flags)
    const session = await this.session(flags)
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const subject = subjectOf(flags)
    const ports = {...deps, eventBridge: await session.clients.eventBridge()}
    const plan = await planErase(ports, place, {subject, settings: session.settings})
    const text = () => erasePlanText(plan)
    const result: EraseResult = {...plan, changed: plan.objects.length > 0}
    const apply = async () => {
      result.receipt = await erase(deps, place, {subject, objects: plan.objects})
    }
    const question = 'Take this data out? It cannot be brought back.'
    await this.carryOut(
      {changed: result.changed, text, summary: () => receiptText(result), question, apply},
      flags,
    )
    return result
  }
}
