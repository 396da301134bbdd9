export type Action = 'create' | 'update' | 'keep' | 'delete'

export type ResourceKind =
  | 'bus'
  | 'bus-policy'
  | 'archive'
  | 'rule'
  | 'target'
  | 'role'
  | 'policy'
  | 'stream'
  | 'bucket'
  | 'queue'
  | 'queue-policy'
  | 'resource-policy'
  | 'database'
  | 'table'
  | 'workgroup'
  | 'discoverer'

/** These belong to one rule, whatever they are called; the others can be shared by several bindings. */
export const ofOneRule: ReadonlySet<ResourceKind> = new Set([
  'rule',
  'target',
  'queue-policy',
  'resource-policy',
  'bus-policy',
  'archive',
])

/** One line of a plan, of a road unless another kind of resource is named. `fields` name what an update changes. */
export interface Change<Kind extends string = ResourceKind> {
  action: Action
  resource: Kind
  /** The resource's name; of a policy, that of its role; of a queue policy, its queue; of a resource policy, its function or the policy itself; of a discoverer, its bus. */
  name: string
  fields?: string[]
  /** Why it is so, or what to know of it: completes "kept: ". */
  note?: string
}

/** True where applying the changes would do anything. */
export function hasChanges(changes: readonly Change<string>[]): boolean {
  return changes.some((change) => change.action !== 'keep')
}

/** True where something is not as it should be, also where it is kept because somebody else owns it. */
export function hasDrift(changes: readonly Change[]): boolean {
  return hasChanges(changes) || changes.some((change) => change.fields !== undefined)
}

/** `create the delivery stream usage-events`: a change in words. */
export function changeInWords(change: Change): string {
  return `${change.action} ${wordsOfKind[change.resource]} ${change.name}`
}

const wordsOfKind: Readonly<Record<ResourceKind, string>> = {
  bus: 'event bus',
  'bus-policy': 'policy of event bus',
  archive: 'archive',
  rule: 'rule',
  target: 'target',
  role: 'role',
  policy: 'policy of role',
  stream: 'delivery stream',
  bucket: 'bucket',
  queue: 'queue',
  'queue-policy': 'policy of queue',
  'resource-policy': 'resource policy',
  database: 'database',
  table: 'table',
  workgroup: 'workgroup',
  discoverer: 'schema discoverer of bus',
}
