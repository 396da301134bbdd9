const {readdirSync, rmSync, statSync} = require('node:fs')
const {join} = require('node:path')
const {makeLake, put, run, usageTracker, usedBy} = require('./lake/operate')
const {localEndpoint, workFolder} = require('./processes')

/** 10,000,000 are about 8 GB of raw objects: `LAKE_EVENTS=10000000 npm run bench -- lake`. */
const eventCount = Number(process.env.LAKE_EVENTS ?? 500_000)
const eventsPerObject = 125_000
const rawObjects = join(__dirname, 'lake', 'raw-objects.js')
const dayMs = 86_400_000
const aims = {cpuPerBare: 1.25, residentMb: 700}

/**
 * Raw objects to Parquet: `lake compact` (its endpoint is what works) beside bare DuckDB that makes the same files of the same objects: in
 * partitions, zstd, each partition sorted; and beside one COPY that leaves the rows as they come. Then what one more hour costs with a day in the
 * lake, and with a year.
 */
exports.lake = async () => {
  const folder = workFolder('lake')
  const raw = join(folder, 'raw')
  run(process.execPath, [rawObjects, raw, eventCount, eventsPerObject])
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
    oneMoreHour: {
      cpuSecondsWithADay: await oneMoreHour(folder, 1),
      cpuSecondsWithAYear: await oneMoreHour(folder, 365),
    },
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

/** What an hour of 1,000 events costs with so many days of such in the lake, each billed on its own day. */
async function oneMoreHour(folder, days) {
  const raw = join(folder, `hours-${days}`)
  const next = Date.parse('2026-11-01T00:00:00Z')
  const from = new Date(next - days * dayMs).toISOString()
  run(process.execPath, [rawObjects, raw, (days + 1) * 1000, 1000, from, days + 1])
  const {url, stop, pid} = await localEndpoint(join(folder, `lake-${days}`))
  makeLake(url)
  const arrive = (day) => {
    const dt = new Date(next - (days - day) * dayMs).toISOString().slice(0, 10)
    return put(url, `events/dt=${dt}/hour=23/raw-${day}.json`, join(raw, `raw-${day}.json`))
  }
  for (let day = 0; day < days; day += 1) await arrive(day)
  usageTracker(url, ['lake', 'compact', '--to', new Date(next).toISOString()])
  await arrive(days)
  const before = usedBy(pid)
  const {rowCount} = usageTracker(url, ['lake', 'compact', '--to', new Date(next + dayMs).toISOString()])
  const {cpuSeconds} = usedBy(pid)
  await stop()
  if (rowCount !== 1000) throw new Error(`${rowCount} of 1000 events were compacted`)
  return cpuSeconds - before.cpuSeconds
}
