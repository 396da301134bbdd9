export type Action = 'create' | 'update' | 'keep' | 'delete'

export type ResourceKind =
  | 'bus'
  | 'rule'
  | 'target'
  | 'role'
  | 'policy'
  | 'stream'
  | 'bucket'
  | 'queue'
  | 'queue-policy'
  | 'database'
  | 'table'
  | 'workgroup'
  | 'discoverer'

/** One line of a plan. `fields` name what an update changes. */
export interface Change {
  action: Action
  resource: ResourceKind
  /** The resource's name; of a policy, that of its role; of a queue policy, its queue; of a discoverer, its bus. */
  name: string
  fields?: string[]
}

/** True where applying the changes would do anything. */
export function hasChanges(changes: readonly Change[]): boolean {
  return changes.some((change) => change.action !== 'keep')
}

/** `create the delivery stream usage-events`: a change in words. */
export function changeInWords(change: Change): string {
  return `${change.action} ${wordsOfKind[change.resource]} ${change.name}`
}

const wordsOfKind: Readonly<Record<ResourceKind, string>> = {
  bus: 'event bus',
  rule: 'rule',
  target: 'target',
  role: 'role',
  policy: 'policy of role',
  stream: 'delivery stream',
  bucket: 'bucket',
  queue: 'queue',
  'queue-policy': 'policy of queue',
  database: 'database',
  table: 'table',
  workgroup: 'workgroup',
  discoverer: 'schema discoverer of bus',
}
