import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {Column, Table} from '@aws-sdk/client-glue'
import {defaultRetryPolicy} from '../../road/road'
import {hasColumns} from '../../road/learnt-fields'
import type {BusAccess} from '../../road/bus-access'
import type {ArchiveResource, GrantResource, Road, RoleResource} from '../../road/road'
import type {TableInput} from '../../road/raw-table'
import type {ActualArchive, ActualQueue, ActualRole, ActualWorkgroup} from '../read/actual-road'
import {canonicalJson, canonicalPolicy, canonicalStatement, sameJsonText} from './canonical'
import {same, unequal, withoutGaps} from './unequal'

/** What differs of a rule: its pattern by value, that it is enabled, and its description where one is asked for. */
export function ruleDifferences(desired: Road['rule'], actual: DescribeRuleResponse): string[] {
  return unequal({
    pattern: sameJsonText(desired.pattern, actual.EventPattern),
    state: actual.State === 'ENABLED',
    description: !desired.describes || actual.Description === desired.description,
  })
}

/**
 * What differs of a target. It gets the whole event, unless an input is asked for. A dead-letter
 * queue is compared only where one is asked for: one that somebody attached by hand is not taken away.
 */
export function targetDifferences(desired: Road['target'], actual: Target): string[] {
  const deadLetterArn = actual.DeadLetterConfig?.Arn
  return unequal({
    arn: actual.Arn === desired.arn,
    roleArn: actual.RoleArn === desired.roleArn,
    input: same(inputOf(actual), desired.input),
    deadLetterArn: desired.deadLetterArn === undefined || desired.deadLetterArn === deadLetterArn,
    retryPolicy: same({...defaultRetryPolicy, ...withoutGaps(actual.RetryPolicy)}, desired.retryPolicy),
  })
}

/** The members of a target that say what it gets, without empty ones. */
function inputOf({Input, InputPath, InputTransformer: transformer}: Target): object {
  const {InputTemplate, InputPathsMap = {}} = transformer ?? {}
  const hasMap = Object.keys(InputPathsMap).length > 0
  return {
    ...(Input && {Input}),
    ...(InputPath && {InputPath}),
    ...(transformer && {InputTransformer: {InputTemplate, ...(hasMap && {InputPathsMap})}}),
  }
}

/** What differs of an archive. */
export function archiveDifferences(desired: ArchiveResource, actual: ActualArchive): string[] {
  return unequal({
    pattern: sameJsonText(desired.pattern, actual.pattern),
    retentionDays: desired.retentionDays === actual.retentionDays,
  })
}

/** What differs of the statements that the binding has in its bus's policy. */
export function busAccessDifferences({statements, sidPrefix}: BusAccess, policy: unknown): string[] {
  const there = ownStatements(sidPrefix, policy)
  const isRight =
    statements.length === there.length && statements.every((s) => hasStatement({Statement: there}, s))
  return isRight ? [] : ['policy']
}

/** The statements of a bus's policy that are a binding's, by their Sids. */
export function ownStatements(sidPrefix: string, policy: unknown): {Sid?: string}[] {
  const statements = statementsOf(policy) as {Sid?: string}[]
  return statements.filter((statement) => statement.Sid?.startsWith(sidPrefix))
}

/** What differs of a role itself. Its inline policy is a change of its own. */
export function roleDifferences(desired: RoleResource, actual: ActualRole): string[] {
  const {permissionsBoundary: boundary} = desired
  return unequal({
    trustPolicy: canonicalPolicy(desired.trustPolicy) === canonicalPolicy(actual.trustPolicy),
    permissionsBoundary: boundary === undefined || boundary === actual.permissionsBoundary,
  })
}

/** What differs of a role's inline policy. */
export function policyDifferences(desired: RoleResource, actual: ActualRole): string[] {
  return unequal({policy: canonicalPolicy(desired.policy) === canonicalPolicy(actual.policy)})
}

/** True where the queue's policy already has the statement, under whatever Sid. */
export function hasStatement(policy: unknown, statement: unknown): boolean {
  const wanted = canonicalJson(canonicalStatement(statement))
  return statementsOf(policy).some((s) => canonicalJson(canonicalStatement(s)) === wanted)
}

/** The statements of a parsed policy; a policy with one statement may have it outside a list. */
export function statementsOf(policy: unknown): unknown[] {
  if (typeof policy !== 'object' || policy === null) return []
  const {Statement: statements} = policy as {Statement?: unknown}
  if (statements === undefined) return []
  return Array.isArray(statements) ? (statements as unknown[]) : [statements]
}

/** What is missing of the statements that let EventBridge in. The other statements of the policy are their owners'. */
export function grantDifferences(desired: GrantResource, policy: unknown): string[] {
  return desired.statements.every((statement) => hasStatement(policy, statement)) ? [] : ['policy']
}

/** What differs of a queue's policy. */
export function queuePolicyDifferences(desired: NonNullable<Road['queue']>, actual: ActualQueue): string[] {
  return hasStatement(actual.policy, desired.statement) ? [] : ['policy']
}

/** What differs of a table. Parameters that Glue or others have added are left alone, and so are members of the detail that were learnt. */
export function tableDifferences(desired: TableInput, actual: Table): string[] {
  const storage = actual.StorageDescriptor
  const serde = storage?.SerdeInfo
  const wanted = desired.StorageDescriptor
  return unequal({
    columns: hasColumns(storage?.Columns, wanted.Columns),
    partitionKeys: same(columnsOf(desired.PartitionKeys), columnsOf(actual.PartitionKeys)),
    location: withSlash(storage?.Location) === withSlash(wanted.Location),
    format:
      storage?.InputFormat === wanted.InputFormat &&
      storage.OutputFormat === wanted.OutputFormat &&
      serde?.SerializationLibrary === wanted.SerdeInfo.SerializationLibrary,
    serdeParameters: isSubset(wanted.SerdeInfo.Parameters, serde?.Parameters),
    parameters: isSubset(desired.Parameters, actual.Parameters),
  })
}

/** Glue keeps names in lower case; Hive types do not know case either. */
function columnsOf(columns: readonly Column[] | undefined): string[] {
  return (columns ?? []).map((c) => `${c.Name ?? ''} ${c.Type ?? ''}`.toLowerCase())
}

function withSlash(location: string | undefined): string | undefined {
  return location === undefined || location.endsWith('/') ? location : `${location}/`
}

function isSubset(wanted: Record<string, string>, actual: Record<string, string> | undefined): boolean {
  return Object.entries(wanted).every(([key, value]) => actual?.[key] === value)
}

/** What differs of a workgroup: where results go, and that a query cannot send them elsewhere. */
export function workgroupDifferences(desired: Road['workgroup'], actual: ActualWorkgroup): string[] {
  return unequal({
    state: actual.state !== 'DISABLED',
    outputLocation: withSlash(actual.outputLocation) === desired.outputLocation,
    enforced: actual.enforced,
  })
}
