import {partitionOf} from '../../src/lib/core/arn'
import type {PolicyDocument, PolicyStatement} from '../../src/lib/road/policies'
import {roadResources} from '../../src/lib/road/road'
import type {Road} from '../../src/lib/road/road'
import type {RoadSettings} from '../../src/lib/road/settings'
import {targetKinds} from '../../src/lib/road/targets/find-kind'
import type {TargetKindName} from '../../src/lib/road/targets/target-kind'

/** `identity`: of a role, `trust`: who may take it on, `resource`: of a queue, bus, function or the account's logs. */
export type PolicyForm = 'identity' | 'trust' | 'resource'

export interface NamedPolicy {
  /** Where it is: region, kind of target and place in the road. */
  name: string
  form: PolicyForm
  document: PolicyDocument
}

/** One region of each partition. */
const regions = ['eu-west-1', 'cn-north-1', 'us-gov-west-1']
const accountId = '111122223333'

/** Resource part of the ARN of a target, by kind; a delivery stream is what no ARN stands for. */
const resources: Readonly<Record<TargetKindName, string | undefined>> = {
  firehose: undefined,
  sqs: 'audit',
  'event-bus': 'event-bus/other',
  kinesis: 'stream/audit',
  'log-group': 'log-group:/aws/events/audit',
  lambda: 'function:audit:live',
  'state-machine': 'stateMachine:audit',
  'api-destination': 'api-destination/audit/01234567-89ab-cdef-0123-456789abcdef',
}

/** A road to every kind of target in every partition, with every option that has to do with permissions, and without. */
export function everyRoad(): Road[] {
  return regions.flatMap((region) =>
    targetKinds.flatMap((kind) => {
      const resource = resources[kind.name]
      const partition = partitionOf(region)
      const arn = resource && `arn:${partition}:${kind.service}:${region}:${accountId}:${resource}`
      const plain: RoadSettings = {...settings, region, targetArn: arn}
      const full: RoadSettings = {
        ...plain,
        rule: 'audit.of_all',
        dlq: 'dead-letters',
        allowAccounts: ['444455556666', '777788889999'],
        allowOrgs: ['o-abcdefghij'],
        archiveDays: 7,
        inputPath: kind.name === 'log-group' ? undefined : '$.detail',
        permissionsBoundary: `arn:${partition}:iam::${accountId}:policy/limit`,
      }
      const parquet: RoadSettings[] = kind.name === 'firehose' ? [{...plain, recordFormat: 'parquet'}] : []
      return [plain, full, {...plain, bus: 'default'}, ...parquet].map(roadResources)
    }),
  )
}

const settings = {
  accountId,
  bus: 'usage',
  rule: 'audit',
  stream: 'usage-events',
  bucket: 'acme-usage',
  database: 'usage',
  workgroup: 'usage',
  source: 'my-applications',
  detailType: 'api-usage-event',
  pattern: '{"source":["my-applications"]}',
  tags: {},
}

/** Every policy of a road, wherever in it: what looks like one is one, so that none is forgotten. */
export function policiesOf(road: Road): NamedPolicy[] {
  const {deliveryRole, targetRole, ...others} = road
  const parts = {...others, ...(road.hasLake && {deliveryRole}), ...(road.hasTargetRole && {targetRole})}
  const place = `${road.settings.region} ${road.kind.name} ${road.rule.bus}/${road.rule.name}`
  return documentsIn(parts, []).map(({path, document}) => ({
    name: `${place} ${path.join('.')}`,
    form: formOf(document),
    document,
  }))
}

interface Found {
  path: readonly string[]
  document: PolicyDocument
}

function documentsIn(value: unknown, path: readonly string[]): Found[] {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return []
  if ('Statement' in value) return [{path, document: value as PolicyDocument}]
  if ('Effect' in value) {
    return [{path, document: {Version: '2012-10-17', Statement: [value as PolicyStatement]}}]
  }
  return Object.entries(value).flatMap(([key, member]) => documentsIn(member, [...path, key]))
}

function formOf({Statement: statements}: PolicyDocument): PolicyForm {
  if (statements.every(({Principal: principal}) => principal === undefined)) return 'identity'
  return statements.every(({Resource: resource}) => resource === undefined) ? 'trust' : 'resource'
}
