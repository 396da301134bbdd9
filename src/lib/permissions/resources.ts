import {formatArn, partitionOf} from '../core/arn'
import {layout, rawLayouts} from '../road/layout'
import {archiveName} from '../road/names'
import {athenaArnOf, bucketArnOf, queueArnOf} from '../road/policies'
import type {RoadSettings} from '../road/settings'
import type {Scope} from './scope'

interface Resource {
  /** What it is called in the page of permissions. */
  words: string
  arns: (scope: Scope) => readonly string[]
}

/** Everything that a command is let at. What is not known before it has been read is named as narrowly as can be. */
export const resources = {
  bus: {words: 'the bus', arns: ({road}) => [road.bus.arn]},
  rule: {words: 'the rule', arns: ({road}) => [road.rule.arn]},
  'rules of the bus': {words: 'all rules of the bus', arns: ({road}) => [`${pathOfRules(road)}*`]},
  rules: {words: 'all rules', arns: ({road}) => [regional(road.settings, 'events', 'rule/*')]},
  'rules of the discoverer': {
    words: "the rule that the bus's discoverer makes",
    arns: ({road}) => [`${pathOfRules(road)}*Schemas*`],
  },
  'rules that listen': {
    words: 'rules of the bus that `events tail` makes',
    arns: ({road}) => [`${pathOfRules(road)}usage-tracker-tail-*`],
  },
  archive: {
    words: 'the archive',
    arns: ({road: {settings}}) => [regional(settings, 'events', `archive/${archiveName(settings)}`)],
  },
  'archive to replay': {
    words: 'the archive that is replayed',
    arns: ({road: {settings}, words}) => {
      const name = typeof words['archive'] === 'string' ? words['archive'] : archiveName(settings)
      return [regional(settings, 'events', `archive/${name}`)]
    },
  },
  replays: {words: 'all replays', arns: ({road}) => [regional(road.settings, 'events', 'replay/*')]},
  discoverers: {
    words: 'all discoverers',
    arns: ({road}) => [regional(road.settings, 'schemas', 'discoverer/*')],
  },
  stream: {words: 'the delivery stream', arns: ({road}) => [road.stream.arn]},
  streams: {
    words: 'all delivery streams',
    arns: ({road}) => [regional(road.settings, 'firehose', 'deliverystream/*')],
  },
  target: {words: 'the target', arns: ({road}) => [road.target.arn]},
  'API destination': {
    words: 'the API destination',
    // It is asked for by its name, and its ARN ends in an id.
    arns: ({road: {target}}) => {
      const byName = target.arn.slice(0, target.arn.lastIndexOf('/'))
      return [byName, `${byName}/*`]
    },
  },
  connections: {
    words: 'all connections',
    arns: ({road}) => [regional(road.settings, 'events', 'connection/*')],
  },
  'delivery role': {words: 'the role of the stream', arns: ({road}) => [road.deliveryRole.arn]},
  'own role': {
    words: 'the role that bind-target makes for the rule',
    arns: ({road}) => [road.targetRole.arn],
  },
  'target role': {
    words: 'the role of the rule',
    arns: ({road}) => (road.target.roleArn === undefined ? [] : [road.target.roleArn]),
  },
  'roles of this tool': {
    words: 'roles that bind-target made',
    arns: ({road: {settings}}) => [iam(settings, settings.accountId, 'role/usage-tracker-*')],
  },
  roles: {words: 'all roles', arns: ({road: {settings}}) => [iam(settings, settings.accountId, 'role/*')]},
  policies: {words: 'all managed policies', arns: ({road}) => managedPolicies(road.settings)},
  'schemas role': {
    words: 'the service-linked role of schemas',
    arns: ({road}) => [
      iam(
        road.settings,
        road.settings.accountId,
        'role/aws-service-role/schemas.amazonaws.com/AWSServiceRoleForSchemas',
      ),
    ],
  },
  'bucket of FILE': {
    words: 'the bucket of FILE',
    arns: ({road, words}) => bucketOfFile(road, words['file']).slice(0, 1),
  },
  'objects of FILE': {
    words: 'its objects',
    arns: ({road, words}) => bucketOfFile(road, words['file']).slice(1),
  },
  bucket: {words: 'the bucket', arns: ({road}) => [road.bucket.arn]},
  'JSON events': {
    words: 'events in the bucket that lie there as JSON',
    arns: ({road}) => [`${road.bucket.arn}/${rawLayouts.json.folder}*`],
  },
  events: {
    words: 'events in the bucket',
    // The stream decides in which form events lie there, and may have changed it.
    arns: ({road}) => Object.values(rawLayouts).map(({folder}) => `${road.bucket.arn}/${folder}*`),
  },
  errors: {
    words: 'what Firehose could not write',
    arns: ({road}) => [`${road.bucket.arn}/${layout.errorsFolder}*`],
  },
  'compacted events': {
    words: 'compacted events in the bucket',
    arns: ({road}) => [`${road.bucket.arn}/${layout.curatedFolder}*`],
  },
  ledger: {
    words: 'the ledger of the lake',
    arns: ({road}) => [`${road.bucket.arn}/${layout.ledgerFolder}*`],
  },
  quarantine: {
    words: 'lines of raw objects that are no events',
    arns: ({road}) => [`${road.bucket.arn}/${layout.quarantineFolder}*`],
  },
  'broken objects': {
    words: 'raw objects whose events no engine sees',
    arns: ({road}) => [`${road.bucket.arn}/${layout.brokenFolder}*`],
  },
  statements: {
    words: 'statements of closed months',
    arns: ({road}) => [`${road.bucket.arn}/${layout.statementsFolder}*`],
  },
  results: {
    words: 'query results in the bucket',
    arns: ({road}) => [`${road.bucket.arn}/${layout.queryResultsFolder}*`],
  },
  queue: {
    words: 'the dead-letter queue',
    arns: ({road}) => (road.queue ? [road.queue.arn] : []),
  },
  'a queue': {
    words: 'the dead-letter queue; all queues where `--dlq` is not given',
    arns: ({road}) => [road.queue?.arn ?? queueArnOf(road.settings, '*')],
  },
  'queues that listen': {
    words: 'queues that `events tail` makes',
    arns: ({road}) => [queueArnOf(road.settings, 'usage-tracker-tail-*')],
  },
  queues: {words: 'all queues', arns: ({road}) => [queueArnOf(road.settings, '*')]},
  catalog: {words: 'the Glue catalog', arns: ({road}) => [regional(road.settings, 'glue', 'catalog')]},
  database: {
    words: 'the database',
    arns: ({road}) => [regional(road.settings, 'glue', `database/${road.database.name}`)],
  },
  table: {
    words: 'the tables over the events',
    arns: ({road: {settings}}) =>
      Object.values(rawLayouts).map(({table}) =>
        regional(settings, 'glue', `table/${settings.database}/${table}`),
      ),
  },
  'JSON table': {
    words: 'the table over the events that lie there as JSON',
    arns: ({road: {settings}}) => [
      regional(settings, 'glue', `table/${settings.database}/${rawLayouts.json.table}`),
    ],
  },
  'lake table': {
    words: 'the table of compacted events',
    arns: ({road: {settings}}) => [
      regional(settings, 'glue', `table/${settings.database}/${layout.curatedTable}`),
    ],
  },
  'lake view': {
    words: 'the view over the lake',
    arns: ({road: {settings}}) => [regional(settings, 'glue', `table/${settings.database}/${layout.view}`)],
  },
  databases: {words: 'all databases', arns: ({road}) => [regional(road.settings, 'glue', 'database/*')]},
  'all tables': {
    words: 'all tables',
    arns: ({road}) => [regional(road.settings, 'glue', 'table/*/*')],
  },
  tables: {
    words: 'all tables of the database',
    arns: ({road: {settings, database}}) => [regional(settings, 'glue', `table/${database.name}/*`)],
  },
  functions: {
    words: 'all functions of the database',
    arns: ({road: {settings, database}}) => [
      regional(settings, 'glue', `userDefinedFunction/${database.name}/*`),
    ],
  },
  'Glue workflow': {
    words: 'the workflow of Glue',
    arns: ({road, words}) => [regional(road.settings, 'glue', `workflow/${nameIn(words['workflow'])}`)],
  },
  'Glue job': {
    words: 'the job of Glue',
    arns: ({road, words}) => [regional(road.settings, 'glue', `job/${nameIn(words['job'])}`)],
  },
  workgroup: {words: 'the workgroup', arns: ({road}) => [athenaArnOf(road.settings)]},
  workgroups: {
    words: 'all workgroups',
    arns: ({road}) => [regional(road.settings, 'athena', 'workgroup/*')],
  },
  registries: {
    words: 'all registries',
    arns: ({road}) => [regional(road.settings, 'schemas', 'registry/*')],
  },
  'the registry': {
    words: 'the registry; all registries where `--registry` is not given',
    arns: ({road, words}) => [regional(road.settings, 'schemas', `registry/${nameIn(words['registry'])}`)],
  },
  'discovered schemas': {
    words: 'schemas of discovered-schemas',
    arns: ({road}) => [regional(road.settings, 'schemas', 'schema/discovered-schemas/*')],
  },
  schemas: {
    words: 'schemas of the registry; of all registries where `--registry` is not given',
    arns: ({road, words}) => [regional(road.settings, 'schemas', `schema/${nameIn(words['registry'])}/*`)],
  },
  everything: {words: '`*`', arns: () => ['*']},
} satisfies Record<string, Resource>

export type ResourceName = keyof typeof resources

type SomeRoad = Scope['road']

/** Rules of the default bus leave the bus out: `rule/NAME`; all others are `rule/BUS/NAME`. */
function pathOfRules({rule}: SomeRoad): string {
  return rule.arn.slice(0, -rule.name.length)
}

/** The ARNs of the bucket and the objects of `s3://BUCKET/PREFIX`; none for another text. */
function bucketOfFile({settings}: SomeRoad, file: unknown): string[] {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(typeof file === 'string' ? file : '') ?? []
  if (bucket === undefined) return []
  const arn = bucketArnOf({...settings, bucket})
  return [arn, `${arn}/${prefix}*`]
}

/** Those of the account and those of AWS. */
function managedPolicies(settings: RoadSettings): string[] {
  return [iam(settings, settings.accountId, 'policy/*'), iam(settings, 'aws', 'policy/*')]
}

function iam({region}: RoadSettings, accountId: string, resource: string): string {
  return formatArn({partition: partitionOf(region), service: 'iam', region: '', accountId, resource})
}

function regional({region, accountId}: RoadSettings, service: string, resource: string): string {
  return formatArn({service, region, accountId, resource})
}

/** A name that was given, else any. */
function nameIn(value: unknown): string {
  return typeof value === 'string' ? value : '*'
}
