import type {PolicyStatement} from '../../road/policies'
import type {ApplyContext} from './apply-context'
import {hasStatement, ownStatements} from '../plan/differences'
import {unlessGone} from '../../aws/unless-gone'

/** Gives the bus's policy the binding's statements, and takes out those that are no longer asked for. Others stay. */
export async function applyBusPolicy({clients, road, actual}: ApplyContext): Promise<void> {
  const {PutPermissionCommand, RemovePermissionCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {name} = road.bus
  const {statements = [], sidPrefix = ''} = road.busAccess ?? {}
  const policy = actual.bus?.policy
  const wanted = statements.map((statement) => statement.Sid)
  for (const {Sid} of ownStatements(sidPrefix, policy).filter((s) => !wanted.includes(s.Sid))) {
    const input = {EventBusName: name, StatementId: Sid}
    await unlessGone(() => client.send(new RemovePermissionCommand(input)))
  }
  for (const statement of statements.filter((s) => !hasStatement(policy, s))) {
    await client.send(new PutPermissionCommand({EventBusName: name, ...permissionOf(statement, sidPrefix)}))
  }
}

/** EventBridge, PutPermission: an account is 12 digits; an organization is everybody, on a condition. */
function permissionOf({Sid, Condition}: PolicyStatement, sidPrefix: string) {
  const who = Sid?.slice(sidPrefix.length) ?? ''
  const permission = {StatementId: Sid, Action: 'events:PutEvents'}
  if (!Condition) return {...permission, Principal: who}
  const condition = {Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: who}
  return {...permission, Principal: '*', Condition: condition}
}
