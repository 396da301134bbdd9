import type {Commands} from '../commands'
import {broken, ok, warn} from '../finding'
import type {Finding} from '../finding'
import {judgeRole} from '../policy/role-verdict'
import type {RoleUse, RoleVerdict} from '../policy/role-verdict'
import type {WholeRole} from '../read-whole-role'
import {allow, makeRole, widenTrust} from './role-commands'
import type {NeededOfRole} from './role-commands'

export interface RoleQuestion {
  arn: string
  role: WholeRole | undefined
  use: RoleUse
  /** What is lost where the role does not do, as the end of a sentence: `EventBridge drops every event`. */
  loss: string
  /** The actions without which nothing works; where others of `use.needs` are missing it is a warning. */
  vital: readonly string[]
  /** Name of the policy that binding writes. */
  ownPolicy: string
  commands: Commands
  /** What a role needs that binding leaves alone, because somebody else made it. Absent: binding writes it. */
  needed?: NeededOfRole | undefined
}

/** What a role's own documents come to. */
export function roleFinding(question: RoleQuestion): Finding {
  const {arn, role, use, loss, vital, commands, needed} = question
  if (!role) {
    const remedy = needed ? makeRole(arn, needed, commands) : commands.bind()
    return broken(`Role ${arn} does not exist: ${loss}.`, remedy)
  }
  const verdict = judgeRole(role, use)
  const {trust, missing, unknown} = verdict
  if (trust === 'denied' || trust === 'not-allowed') {
    return broken(
      `The trust policy of role ${role.name} does not let ${use.service} take it on: ${loss}.`,
      needed ? widenTrust(role, needed, commands) : commands.bind(),
    )
  }
  if (missing.length > 0) {
    const needs = use.needs.filter(({action}) => missing.includes(action))
    const resources = [...new Set(needs.map(({resource}) => resource))].join(' and ')
    const reason = `Role ${role.name} does not allow ${missing.join(' and ')} on ${resources}`
    return missing.some((action) => vital.includes(action))
      ? broken(`${reason}: ${loss}.`, mendOf(role, verdict, question))
      : warn(`${reason}.`, mendOf(role, verdict, question))
  }
  if (trust === 'unknown' || unknown.length > 0) {
    const what = [...(trust === 'unknown' ? ['the trust policy'] : []), ...unknown].join(', ')
    return warn(`Role ${role.name} has conditions that cannot be judged from here: ${what}.`)
  }
  const actions = new Set(use.needs.map(({action}) => action))
  return ok(`${use.service} may use role ${role.name} for ${[...actions].join(', ')}.`)
}

/** Binding writes the role's own policy and its trust; what somebody else put on the role stays until it is taken off. */
function mendOf(
  role: WholeRole,
  {denying, limited}: RoleVerdict,
  {ownPolicy, commands, needed}: RoleQuestion,
): string {
  if (denying && denying.name !== ownPolicy) {
    const words = ['--role-name', role.name]
    return denying.name === undefined
      ? commands.aws('iam', 'detach-role-policy', ...words, '--policy-arn', denying.arn ?? '')
      : commands.aws('iam', 'delete-role-policy', ...words, '--policy-name', denying.name)
  }
  if (limited.length > 0) {
    return `Have the permissions boundary ${role.boundary?.arn ?? ''} allow ${limited.join(' and ')}.`
  }
  return needed ? allow(role.name, needed, commands) : commands.bind()
}
