import type {Target} from '@aws-sdk/client-eventbridge'
import {bindingName, busSidPrefix} from '../../road/names'
import type {Road} from '../../road/road'
import type {ActualRoad} from '../read/actual-road'
import type {Change} from '../change'
import {ownStatements, statementsOf} from '../plan/differences'
import {ownedByStack} from '../plan/ownership'
import {lakeRemovals} from './plan-lake-removal'
import {queueRemovals} from './plan-queue-removal'
import type {BusRule} from '../read/read-rules'
import type {Surroundings} from '../read/read-surroundings'
import {bindingKey, ruleKey, streamKey, targetKey} from './removal-keys'
import {because, foreign, removal} from './removal-view'
import type {RemovalView} from './removal-view'

/**
 * The changes that take a binding away, in the order in which they must be made: what sends before what it sends to. A
 * part goes where it carries the tag of this binding, or of one that is removed with it, and nothing else uses it; all else that
 * is there stands as `keep` with the reason. Adds what goes to `gone`, calls nothing.
 */
export function planRemoval(
  road: Road,
  actual: ActualRoad,
  around: Surroundings,
  gone = new Set<string>(),
): Change[] {
  gone.add(bindingKey(bindingName(road.settings)))
  const view: RemovalView = {road, actual, around, gone}
  return [
    ...targetRemovals(view),
    ...ruleRemovals(view),
    ...discovererRemovals(view),
    ...streamRemovals(view),
    ...grantRemovals(view),
    ...deliveryRoleRemovals(view),
    ...targetRoleRemovals(view),
    ...queueRemovals(view, targetsLeft(view)),
    ...lakeRemovals(view),
    ...archiveRemovals(view),
    ...busAccessRemovals(view),
    ...busRemovals(view),
  ]
}

function targetRemovals(view: RemovalView): Change[] {
  const target = boundTarget(view)
  if (!target) return []
  const {actual, around, gone, road} = view
  const owner = actual.rule?.ManagedBy
  const reason = ownedByStack(around.tags.rule) ?? (owner ? `its rule is managed by ${owner}` : undefined)
  if (reason === undefined) gone.add(targetKey(road.rule))
  return [removal('target', target.Id ?? road.target.id, reason)]
}

/** The target with the binding's id; in a rule that is the binding's, also one with another id that sends to the same place. */
function boundTarget({road, actual, around, gone}: RemovalView): Target | undefined {
  const isOurRule = foreign({gone}, around.tags.rule) === undefined
  const {targets} = actual
  return (
    targets.find((t) => t.Id === road.target.id) ??
    (isOurRule ? targets.find((t) => t.Arn === road.target.arn) : undefined)
  )
}

/** The rule's targets that stay. */
function targetsLeft(view: RemovalView): readonly Target[] {
  const {road, actual, gone} = view
  const own = gone.has(targetKey(road.rule)) ? boundTarget(view) : undefined
  return actual.targets.filter((t) => t !== own)
}

function ruleRemovals(view: RemovalView): Change[] {
  const {road, actual, around, gone} = view
  if (!actual.rule) return []
  const left = targetsLeft(view).map((t) => t.Id ?? '')
  const reason = foreign(view, around.tags.rule) ?? because('has other targets', left)
  if (reason === undefined) gone.add(ruleKey(road.rule))
  return [removal('rule', road.rule.name, reason)]
}

function discovererRemovals(view: RemovalView): Change[] {
  const {road, actual, around} = view
  if (!actual.discoverer) return []
  const others = rulesLeft(view, around.boundRules).map((r) => r.name)
  const reason =
    foreign(view, around.tags.discoverer) ?? because('the bus has rules of other bindings', others)
  if (reason === undefined) view.gone.add(`discoverer ${road.bus.name}`)
  return [removal('discoverer', road.bus.name, reason)]
}

/** The rules among these that stay. */
function rulesLeft({gone}: RemovalView, rules: readonly BusRule[]): BusRule[] {
  return rules.filter((rule) => !gone.has(ruleKey(rule)))
}

function streamRemovals(view: RemovalView): Change[] {
  const {road, actual, around, gone} = view
  if (!actual.stream) return []
  const users = around.rulesOfTarget.filter((rule) => !gone.has(targetKey(rule)))
  const names = users.map((rule) => `${rule.name} of bus ${rule.bus}`)
  const reason = foreign(view, around.tags.stream) ?? because('still the target of rule', names)
  if (reason === undefined) gone.add(streamKey(road.stream.name))
  return [removal('stream', road.stream.name, reason, 'what it has not yet written may be lost')]
}

/** Statements have no tags: the binding's are known by their Sid, its policy for a log group by its name. */
function grantRemovals(view: RemovalView): Change[] {
  const {road, actual} = view
  const {grant} = road
  if (!grant || !holdsGrant(grant, actual.target?.policy)) return []
  const users = targetsLeft(view).filter((t) => t.Arn === road.target.arn)
  const ids = users.map((t) => t.Id ?? '')
  const stack = ownedByStack(view.around.tags.target)
  return [removal(grant.resource, grant.name, stack ?? because('still used by target', ids))]
}

function holdsGrant(grant: NonNullable<Road['grant']>, policy: unknown): boolean {
  const sids = statementsOf(policy).map((statement) => (statement as {Sid?: string}).Sid)
  return grant.statements.some((statement) => sids.includes(statement.Sid))
}

function deliveryRoleRemovals(view: RemovalView): Change[] {
  const {road, actual, around, gone} = view
  const users = around.streams.filter(
    (s) => s.roleArn === road.deliveryRole.arn && !gone.has(streamKey(s.name)),
  )
  const reason =
    foreign(view, around.tags.deliveryRole) ??
    because(
      'still used by delivery stream',
      users.map((s) => s.name),
    )
  return roleRemovals(road.deliveryRole.name, actual.deliveryRole, reason)
}

function targetRoleRemovals(view: RemovalView): Change[] {
  const {road, actual, around} = view
  const users = targetsLeft(view).filter((t) => t.RoleArn === road.targetRole.arn)
  const ids = users.map((t) => t.Id ?? '')
  const reason = foreign(view, around.tags.targetRole) ?? because('still used by target', ids)
  return roleRemovals(road.targetRole.name, actual.targetRole, reason)
}

/** A role goes after its policy. */
function roleRemovals(name: string, role: ActualRoad['targetRole'], reason: string | undefined): Change[] {
  if (!role) return []
  const line = removal('role', name, reason)
  return role.policy === undefined || reason !== undefined ? [line] : [removal('policy', name, reason), line]
}

/** The archive stays: what it holds is nowhere else, and EventBridge counts it up to a day late. */
function archiveRemovals({road, actual}: RemovalView): Change[] {
  if (!road.archive || !actual.archive) return []
  const {name} = road.archive
  const note = `holds events; to delete it: aws events delete-archive --archive-name ${name}`
  return [removal('archive', name, note)]
}

/** Statements have no tags: the binding's are known by their Sids. They go with the bus where that goes. */
function busAccessRemovals(view: RemovalView): Change[] {
  const {road, actual, around} = view
  if (ownStatements(busSidPrefix(road.settings), actual.bus?.policy).length === 0) return []
  return [removal('bus-policy', road.bus.name, ownedByStack(around.tags.bus))]
}

function busRemovals(view: RemovalView): Change[] {
  const {road, actual, around} = view
  // The default bus is nobody's to make or to delete.
  if (!actual.bus || road.bus.name === 'default') return []
  const discovererGoes = !actual.discoverer || view.gone.has(`discoverer ${road.bus.name}`)
  // The discoverer has a rule of its own on the bus, which goes with it.
  const others = rulesLeft(view, around.rulesOfBus).filter(
    (rule) => !(discovererGoes && rule.managedBy?.startsWith('schemas.')),
  )
  const names = others.map((rule) => rule.name)
  return [removal('bus', road.bus.name, foreign(view, around.tags.bus) ?? because('has other rules', names))]
}
