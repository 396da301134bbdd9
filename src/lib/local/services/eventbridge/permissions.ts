import type {PutPermissionCommandInput, RemovePermissionCommandInput} from '@aws-sdk/client-eventbridge'
import {Constraints} from '../../constraints'
import type {CallContext, Operations} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Store} from '../../store'
import {busKey, busName, busOrThrow, type BusRow, type Tables} from './rows'

const maxPolicyLength = 10_240

interface Statement {
  Sid?: string
  [key: string]: unknown
}

interface PolicyDocument {
  Version: string
  Statement: Statement[]
}

/** PutPermission and RemovePermission: the resource policy of a bus, by statement or as a whole. */
export function permissionOperations(store: Store, tables: Tables): Operations {
  const save = (ctx: CallContext, row: BusRow, policy: PolicyDocument | undefined) => {
    const changed: BusRow = {...row, modifiedAt: ctx.now}
    delete changed.policy
    if (policy && policy.Statement.length > 0) {
      changed.policy = JSON.stringify(policy)
      if (changed.policy.length > maxPolicyLength) {
        throw new ServiceError('PolicyLengthExceededException', 'The policy exceeds the maximum length.')
      }
    }
    tables.buses.put(busKey(ctx.region, row.name), changed)
  }

  const putPermission = (input: PutPermissionCommandInput, ctx: CallContext) => {
    store.write(() => {
      const row = busOrThrow(tables, ctx, busName(input.EventBusName, ctx))
      const policy = input.Policy === undefined ? withStatement(row, input) : parsePolicy(input.Policy)
      save(ctx, row, policy)
    })
    return {}
  }

  const removePermission = (input: RemovePermissionCommandInput, ctx: CallContext) => {
    store.write(() => {
      const row = busOrThrow(tables, ctx, busName(input.EventBusName, ctx))
      if (input.RemoveAllPermissions) {
        save(ctx, row, undefined)
        return
      }
      const policy = row.policy === undefined ? undefined : parsePolicy(row.policy)
      const kept = policy?.Statement.filter((statement) => statement.Sid !== input.StatementId)
      if (!policy || !kept || kept.length === policy.Statement.length) {
        throw new ServiceError('ResourceNotFoundException', 'Statement with the provided id does not exist.')
      }
      save(ctx, row, {...policy, Statement: kept})
    })
    return {}
  }

  return {PutPermission: putPermission, RemovePermission: removePermission}
}

function withStatement(row: BusRow, input: PutPermissionCommandInput): PolicyDocument {
  new Constraints()
    .text('statementId', input.StatementId, {min: 1, max: 64, pattern: /^(?:[a-zA-Z0-9-_]+)$/})
    .text('action', input.Action, {min: 1, max: 64, pattern: /^(?:events:[a-zA-Z]+)$/})
    .text('principal', input.Principal, {min: 1, max: 12, pattern: /^(?:(\d{12}|\*))$/})
    .check()
  if (input.StatementId === undefined || input.Action === undefined || input.Principal === undefined) {
    throw new ServiceError(
      'ValidationException',
      'StatementId, Action and Principal must be specified, or Policy.',
    )
  }
  const condition = input.Condition
  const statement: Statement = {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: input.Principal === '*' ? '*' : {AWS: `arn:aws:iam::${input.Principal}:root`},
    Action: input.Action,
    Resource: row.arn,
    ...(condition ? {Condition: {[condition.Type ?? '']: {[condition.Key ?? '']: condition.Value}}} : {}),
  }
  const policy = row.policy === undefined ? {Version: '2012-10-17', Statement: []} : parsePolicy(row.policy)
  return {...policy, Statement: [...policy.Statement.filter((s) => s.Sid !== statement.Sid), statement]}
}

function parsePolicy(text: string): PolicyDocument {
  try {
    const policy = JSON.parse(text) as PolicyDocument
    if (Array.isArray(policy.Statement)) return policy
  } catch {
    // Refused below, in the same words as a document without statements.
  }
  throw new ServiceError(
    'ValidationException',
    'The policy document is not valid JSON or has no Statement list.',
  )
}
