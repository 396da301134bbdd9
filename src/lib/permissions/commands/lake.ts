import type {Case, Permission} from '../permission'
import {both, onlyIn, withFlag, without} from '../permission'
import {querying} from './reports'

const asCaller = 'Athena works in the bucket and the catalog as the caller'

/** As `querying`, for statements without an answer. */
const stating: readonly Permission[] = querying.map((permission) =>
  permission.actions.includes('athena:GetQueryResults')
    ? {
        ...permission,
        to: 'run a statement, follow it, and stop it at Ctrl-C',
        actions: permission.actions.filter((action) => action !== 'athena:GetQueryResults'),
      }
    : permission,
)

const replacingView: Permission = {
  to: 'have Athena make the view',
  actions: ['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'],
  on: ['catalog', 'database', 'lake view'],
  why: asCaller,
}

const readingLedger: Permission = {
  to: 'read what is compacted',
  actions: ['s3:GetObject'],
  on: ['ledger'],
}

/** `lake init`. */
export const lakeInit: readonly Permission[] = [
  ...stating,
  readingLedger,
  {
    to: 'look for the tables and the view',
    actions: ['glue:GetTable'],
    on: ['catalog', 'database', 'table', 'lake table', 'lake view'],
  },
  {
    to: 'make the table of compacted events',
    actions: ['glue:CreateTable', 'glue:UpdateTable'],
    on: ['catalog', 'database', 'lake table'],
  },
  {
    to: 'give the raw table the fields that it has columns for',
    actions: ['glue:UpdateTable'],
    on: ['catalog', 'database', 'JSON table'],
  },
  replacingView,
  {to: 'read the workgroup', actions: ['athena:GetWorkGroup'], on: ['workgroup']},
  {
    to: 'limit its scans',
    actions: ['athena:UpdateWorkGroup'],
    on: ['workgroup'],
    only: withFlag('scan-limit-gb'),
  },
]

const byAthena: Case = {
  words: 'with `--engine athena`, the default',
  holds: ({words}) => words['engine'] !== 'glue',
}

const byGlue = (kind: 'workflow' | 'job'): Case => ({
  words: `with \`--engine glue --${kind}\``,
  holds: ({words}) => words['engine'] === 'glue' && words[kind] !== undefined,
})

/** Starting a workflow or job of Glue, and following it. */
const runningGlue: readonly Permission[] = (['workflow', 'job'] as const).flatMap((kind) => {
  const name = kind === 'workflow' ? 'Workflow' : 'Job'
  return onlyIn(byGlue(kind), [
    {
      to: `look at the ${kind}`,
      actions: [`glue:Get${name}`],
      on: [`Glue ${kind}`],
      only: withFlag('dry-run'),
    },
    {
      to: `start the ${kind}`,
      actions: [`glue:Start${name}Run`],
      on: [`Glue ${kind}`],
      only: without('dry-run', 'run-id'),
    },
    {to: 'follow it', actions: [`glue:Get${name}Run`], on: [`Glue ${kind}`], only: without('dry-run')},
  ])
})

const lookingAtEvents: Permission = {
  to: 'look at events for fields that no column has',
  actions: ['s3:GetObject'],
  on: ['JSON events'],
}

const readingRaw: readonly Permission[] = [
  readingLedger,
  {
    to: 'look for columns that there are',
    actions: ['glue:GetTable'],
    on: ['catalog', 'database', 'table', 'lake table'],
  },
  lookingAtEvents,
  {to: 'list raw objects', actions: ['s3:ListBucket'], on: ['bucket']},
]

const compacting: readonly Permission[] = [
  ...querying,
  {
    to: 'look for the tables and the view',
    actions: ['glue:GetTable'],
    on: ['catalog', 'database', 'table', 'lake table', 'lake view'],
  },
  {
    to: 'widen the range of compacted days, and make columns of new fields',
    actions: ['glue:UpdateTable'],
    on: ['catalog', 'database', 'JSON table', 'lake table'],
  },
  lookingAtEvents,
  replacingView,
  {
    to: 'keep the ledger',
    actions: ['s3:GetObject', 's3:PutObject'],
    on: ['ledger'],
  },
  {to: 'list raw objects', actions: ['s3:ListBucket'], on: ['bucket']},
  {
    to: 'have Athena write compacted events',
    actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    on: ['compacted events'],
    why: asCaller,
  },
  {
    to: 'stop the statements of a compaction that did not come to its end',
    actions: ['athena:ListQueryExecutions', 'athena:BatchGetQueryExecution'],
    on: ['workgroup'],
  },
  {
    to: 'take away what it left',
    actions: ['s3:DeleteObject'],
    on: ['compacted events'],
  },
  {to: 'keep lines aside that are no events', actions: ['s3:PutObject'], on: ['quarantine']},
  {
    to: 'put raw objects in the places of those whose events no engine sees',
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    on: ['JSON events'],
  },
  {to: 'keep these aside', actions: ['s3:PutObject'], on: ['broken objects']},
]

/** `lake compact`. */
export const lakeCompact: readonly Permission[] = [
  ...onlyIn(both(byAthena, without('dry-run')), compacting),
  ...onlyIn(both(byAthena, withFlag('dry-run')), readingRaw),
  ...runningGlue,
]

/** `lake status`. */
export const lakeStatus: readonly Permission[] = [
  {to: 'list the objects of the lake', actions: ['s3:ListBucket'], on: ['bucket']},
  readingLedger,
  {
    to: 'look for the tables and the view',
    actions: ['glue:GetTable'],
    on: ['catalog', 'database', 'table', 'lake table', 'lake view'],
  },
  {
    to: 'list the queries that scanned most',
    actions: ['athena:ListQueryExecutions', 'athena:BatchGetQueryExecution'],
    on: ['workgroup'],
    only: withFlag('queries'),
  },
  {to: 'look at the newest events', actions: ['s3:GetObject'], on: ['JSON events'], only: withFlag('sample')},
]

/** `lake erase`. */
export const lakeErase: readonly Permission[] = [
  ...querying,
  {
    to: 'look for the tables',
    actions: ['glue:GetTable'],
    on: ['catalog', 'database', 'table', 'lake table'],
  },
  {
    to: 'say which archives are not reached',
    actions: ['events:ListArchives'],
    on: ['everything'],
    why: 'the action has no resource',
  },
  {to: 'say whether old versions are kept', actions: ['s3:GetBucketVersioning'], on: ['bucket']},
  {to: 'hold the lake', actions: ['s3:GetObject', 's3:PutObject'], on: ['ledger']},
  {to: 'list lines in quarantine', actions: ['s3:ListBucket'], on: ['bucket']},
  {
    to: 'write objects anew',
    actions: ['s3:GetObject', 's3:PutObject'],
    on: ['events', 'compacted events', 'quarantine'],
  },
]
