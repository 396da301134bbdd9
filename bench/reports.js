const {cpSync, readdirSync, rmSync, statSync} = require('node:fs')
const {join} = require('node:path')
const {bucket, makeLake, put, run, usageTracker, usedBy} = require('./lake/operate')
const {localEndpoint, median, workFolder} = require('./processes')

/** `REPORT_EVENTS=100000000 npm run bench -- reports`; REPORT_DAYS of them, a year where nothing is said. */
const eventCount = Number(process.env.REPORT_EVENTS ?? 2_000_000)
const days = Number(process.env.REPORT_DAYS ?? 365)
const runs = Number(process.env.REPORT_RUNS ?? 3)
const aims = {perHand: 1.3, residentMbAt10Million: 1536}
const year = {from: '2025-11-01T00:00:00Z', to: '2026-11-01T00:00:00Z'}
const day = {from: '2026-10-30T00:00:00Z', to: '2026-10-31T00:00:00Z'}
/** A day without events: what such a report takes is start-up. */
const noDay = {from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z'}

/** Reports, and what their commands take; each has SQL of its own by hand. */
const reports = {
  billing: ['billing'],
  metered: ['billing', '--prices', join(__dirname, 'reports', 'prices.yaml')],
  features: ['features'],
}

/**
 * The bill of units, a bill of meters by the month, and features over a year of events, one in a hundred a copy, beside the fastest SQL for the same answer in bare DuckDB over the same
 * files; each report with an endpoint that has done nothing before, whose start-up is taken off. And the bill of one day of it.
 */
exports.reports = async () => {
  const folder = workFolder('reports')
  const dataDir = join(folder, 'data')
  const files = await fill(dataDir, folder)
  const startUp = await reportOf(dataDir, reports.billing, noDay)
  const answer = {eventCount, days, parquetMb: Math.round(files.bytes / 1e6), aims, startUp}
  for (const [name, words] of Object.entries(reports)) {
    const [report, hand] = [[], []]
    for (let i = 0; i < runs; i += 1) {
      report.push(await reportOf(dataDir, words, year))
      hand.push(handOf(name, files.pattern, year))
    }
    answer[name] = {report: middle(report), hand: middle(hand)}
    answer[name].cpuPerHand =
      (answer[name].report.cpuSeconds - startUp.cpuSeconds) / answer[name].hand.cpuSeconds
    if (answer[name].report.calls !== answer[name].hand.calls)
      throw new Error(`${name}: ${JSON.stringify(answer[name])}`)
  }
  answer.billingOfOneDay = await reportOf(dataDir, reports.billing, day)
  return answer
}

/** A lake of a few compacted events, and then of as many objects of such as are asked for. Answers where they lie. */
async function fill(dataDir, folder) {
  const {url, stop} = await localEndpoint(dataDir)
  makeLake(url)
  const raw = join(folder, 'raw')
  run(process.execPath, [join(__dirname, 'lake', 'raw-objects.js'), raw, 20_000, 20_000])
  await put(url, 'events/dt=2026-11-01/hour=00/raw-0.json', join(raw, 'raw-0.json'))
  usageTracker(url, ['lake', 'compact', '--to', '2026-11-01T01:00:00Z'])
  const curated = join(dataDir, 'buckets', bucket, 'curated')
  const [first] = readdirSync(curated, {recursive: true}).filter((name) =>
    statSync(join(curated, name)).isFile(),
  )
  cpSync(join(curated, first), join(folder, 'sample.parquet'))
  const filled = join(folder, 'filled')
  run(process.execPath, [
    join(__dirname, 'reports', 'fill-lake.js'),
    join(folder, 'sample.parquet'),
    filled,
    eventCount,
    days,
  ])
  let bytes = 0
  for (const partition of readdirSync(filled)) {
    const file = join(filled, partition, 'filled.parquet')
    bytes += statSync(file).size
    await put(url, `curated/${partition}/filled.parquet`, file)
  }
  await stop()
  rmSync(filled, {recursive: true})
  return {pattern: join(curated, '*', '*'), bytes}
}

async function reportOf(dataDir, words, {from, to}) {
  const {url, stop, pid} = await localEndpoint(dataDir)
  const before = usedBy(pid)
  const startedAt = process.hrtime.bigint()
  const {totals, duplicateCount, scannedBytes} = usageTracker(url, [
    'report',
    ...words,
    '--from',
    from,
    '--to',
    to,
  ])
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9
  const after = usedBy(pid)
  await stop()
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds
  return {
    seconds,
    cpuSeconds,
    peakMb: after.peakMb,
    calls: String(totals.calls),
    duplicateCount,
    scannedBytes,
  }
}

function handOf(name, pattern, {from, to}) {
  const program = join(__dirname, 'reports', 'hand.js')
  return JSON.parse(run(process.execPath, [program, name, from.slice(0, 10), to.slice(0, 10), pattern]))
}

/** The run with the middle time of processor, and the highest peak of all. */
function middle(all) {
  const seconds = median(all.map(({cpuSeconds}) => cpuSeconds))
  const one = all.find(({cpuSeconds}) => cpuSeconds === seconds)
  return {...one, peakMb: Math.max(...all.map(({peakMb}) => peakMb))}
}
