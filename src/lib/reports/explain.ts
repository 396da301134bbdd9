import {toOpError} from '../aws/map-sdk-error'
import {listObjects} from '../aws/list-objects'
import {groupDigits} from '../core/money'
import {layout, rawLayouts} from '../road/layout'
import {readingCountOf} from './copies'
import type {ReportDefinition, ReportOptions} from './define-report'
import {composeQuery} from './run-report'
import type {ReportDeps} from './run-report'
import {billedBytes, costText, scanCost} from './scan-cost'
import type {ScanCost} from './scan-cost'
import type {StatementPlace} from './statements/statement-store'

/** The `--json` answer of `--explain`: what would be asked, and what that would scan and cost. */
export interface Explanation {
  report: string
  sql: string
  /** SQL literals, in the order of the `?`. */
  parameters: string[]
  tables: readonly string[]
  /** Objects in the partitions that the query reads, and their bytes for each time that it reads them. Of Parquet only some columns are read, so it is the most that is scanned. */
  objectCount: number
  scanBytes: number
  /** How often it reads them: twice where copies are sought first. */
  readingCount: number
  /** What that would cost at most; missing where nobody knows the price. */
  scanCost?: ScanCost
}

/** What a report would ask; nothing is run. Lists the objects of its partitions. Throws what `loadSql` and S3 refuse. */
export async function explainReport<Options extends ReportOptions>(
  deps: ReportDeps & {statements: StatementPlace},
  definition: ReportDefinition<Options>,
  options: Options,
): Promise<Explanation> {
  const {sql, parameters, source} = await composeQuery(deps, definition, options)
  const [first = '', last = ''] = definition.bind(options)
  const readingCount = readingCountOf(sql)
  const rawFirst = [first, source.rawFrom ?? ''].sort().at(-1) ?? first
  let [objectCount, scanBytes] = [0, 0]
  const folders = [
    ...Object.values(rawLayouts).map(({folder}) => ({folder, from: rawFirst, to: '~'})),
    ...(source.tables.includes(layout.view) ? [{folder: layout.curatedFolder, from: first, to: last}] : []),
  ]
  for (const {folder, from, to} of folders) {
    for await (const sizeBytes of sizesIn(deps.statements, folder, from, to)) {
      objectCount += 1
      scanBytes += sizeBytes * readingCount
    }
  }
  const {tables} = source
  const cost = scanCost(billedBytes(scanBytes), deps.scanPrice)
  return {
    report: definition.name,
    sql,
    parameters,
    tables,
    objectCount,
    ...{scanBytes, readingCount},
    ...(cost && {scanCost: cost}),
  }
}

/** The bytes of each object in the partitions `dt` from one day to another, both included. */
async function* sizesIn({s3, bucket}: StatementPlace, folder: string, from: string, to: string) {
  const range = {bucket, prefix: folder, after: `${folder}dt=${from}`}
  try {
    for await (const {Key: key = '', Size: sizeBytes = 0} of listObjects(await s3(), range)) {
      // Keys come in the order of their text, which is that of their days.
      if (key.slice(folder.length) > `dt=${to}/~`) break
      if (sizeBytes > 0 && !/\/[_.][^/]*$/.test(key)) yield sizeBytes
    }
  } catch (error) {
    throw toOpError(error, `list the objects of bucket ${bucket}`)
  }
}

/** The same for a person. */
export function explainText(
  {sql, parameters, objectCount, scanBytes, readingCount, scanCost: cost}: Explanation,
  {region, endpoint}: {region: string; endpoint?: string | undefined},
): string {
  const width = String(parameters.length).length
  return [
    sql,
    '',
    ...parameters.map((value, i) => `${String(i + 1).padStart(width)}  ${value}`),
    '',
    `Would scan at most ${groupDigits(scanBytes)} bytes in ${objectCount === 1 ? '1 object' : `${groupDigits(objectCount)} objects`}${readingCount === 2 ? ', read twice: copies are sought first' : ''}. Nothing was run.`,
    ...(cost && cost.billedBytes > 0
      ? [`${endpoint === undefined ? 'That' : 'On AWS that'} would cost about ${costText(cost, region)}.`]
      : []),
  ].join('\n')
}
