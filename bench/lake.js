const {readdirSync, rmSync, statSync} = require('node:fs')
const {join} = require('node:path')
const {makeLake, put, run, usageTracker, usedBy} = require('./lake/operate')
const {localEndpoint, workFolder} = require('./processes')

/** 10,000,000 are about 8 GB of raw objects: `LAKE_EVENTS=10000000 npm run bench -- lake`. */
const eventCount = Number(process.env.LAKE_EVENTS ?? 500_000)
const eventsPerObject = 125_000
const aims = {cpuPerBare: 1.25, residentMb: 700}

/**
 * Raw objects to Parquet: `lake compact` (its endpoint is what works) beside bare DuckDB that makes the same files of the same objects: in
 * partitions, zstd, each partition sorted; and beside one COPY that leaves the rows as they come. Then what one more hour costs with a day in the
 * lake, and with a year.
 */
exports.lake = async () => {
  const folder = workFolder('lake')
  const raw = join(folder, 'raw')
  run(process.execPath, [join(__dirname, 'lake', 'raw-objects.js'), raw, eventCount, eventsPerObject])
  const bare = (how) => bareCopy(raw, join(folder, how), how)
  const [copied, sorted] = [bare('copied'), bare('sorted')]
  const compacted = await compact(join(folder, 'data'), raw)
  rmSync(raw, {recursive: true})
  return {
    eventCount,
    rawMb: compacted.rawMb,
    bareCopy: copied,
    bareSorted: sorted,
    compact: compacted,
    cpuPerBare: compacted.cpuSeconds / sorted.cpuSeconds,
    cpuPerUnsorted: compacted.cpuSeconds / copied.cpuSeconds,
    oneMoreHour: await oneMoreHour(folder),
    aims,
  }
}

function bareCopy(raw, out, how) {
  const answer = JSON.parse(run(process.execPath, [join(__dirname, 'lake', 'bare-copy.js'), raw, out, how]))
  rmSync(out, {recursive: true})
  return answer
}

/** Raw objects of one hour through `lake compact`, with an endpoint that has done nothing before. */
async function compact(dataDir, raw) {
  const filled = await localEndpoint(dataDir)
  makeLake(filled.url)
  const names = readdirSync(raw)
  for (const name of names) await put(filled.url, `events/dt=2026-11-01/hour=00/${name}`, join(raw, name))
  await filled.stop()
  const {url, stop, pid} = await localEndpoint(dataDir)
  const before = usedBy(pid)
  const {batchCount, rowCount} = usageTracker(url, ['lake', 'compact', '--to', '2026-11-01T01:00:00Z'])
  const after = usedBy(pid)
  await stop()
  if (rowCount !== eventCount) throw new Error(`${rowCount} of ${eventCount} events were compacted`)
  const bytes = names.reduce((sum, name) => sum + statSync(join(raw, name)).size, 0)
  return {
    rawMb: Math.round(bytes / 1e6),
    batchCount,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    peakMb: after.peakMb,
  }
}

/** What an hour of 1,000 events costs with one day in the lake, and with one in each week of a year. */
async function oneMoreHour(folder) {
  const raw = join(folder, 'hour')
  run(process.execPath, [join(__dirname, 'lake', 'raw-objects.js'), raw, 1000, 1000])
  const {url, stop, pid} = await localEndpoint(join(folder, 'year'))
  makeLake(url)
  const hourAt = async (time) => {
    const [dt, hour] = [time.slice(0, 10), time.slice(11, 13)]
    await put(url, `events/dt=${dt}/hour=${hour}/raw-0.json`, join(raw, 'raw-0.json'))
    const before = usedBy(pid)
    usageTracker(url, ['lake', 'compact', '--to', new Date(Date.parse(time) + 3_600_000).toISOString()])
    return usedBy(pid).cpuSeconds - before.cpuSeconds
  }
  const start = Date.parse('2025-11-01T00:00:00Z')
  const timeOf = (week, hour) => new Date(start + (week * 168 + hour) * 3_600_000).toISOString()
  await hourAt(timeOf(0, 0))
  const withDay = await hourAt(timeOf(0, 1))
  for (let week = 1; week < 52; week += 1) await hourAt(timeOf(week, 0))
  const withYear = await hourAt(timeOf(51, 1))
  await stop()
  return {cpuSecondsWithADay: withDay, cpuSecondsWithAYear: withYear}
}
