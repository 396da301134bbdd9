const {spawnSync} = require('node:child_process')
const {createReadStream, readFileSync, readdirSync, rmSync, statSync} = require('node:fs')
const {join} = require('node:path')
const {PutObjectCommand, S3Client} = require('@aws-sdk/client-s3')
const {awsEnvironment, localEndpoint, region, tool, workFolder} = require('./processes')

/** 10,000,000 are about 8 GB of raw objects: `LAKE_EVENTS=10000000 npm run bench -- lake`. */
const eventCount = Number(process.env.LAKE_EVENTS ?? 500_000)
const eventsPerObject = 125_000
const environment = {...process.env, ...awsEnvironment}
const bucket = `usage-000000000000-${region}`
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
  prepare(filled.url)
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
  prepare(url)
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

function prepare(url) {
  usageTracker(url, ['bind-target', '--yes'])
  usageTracker(url, ['lake', 'init', '--yes'])
}

function usageTracker(url, words) {
  return JSON.parse(run(process.execPath, [tool, ...words, '--json', '--quiet', '--endpoint-url', url]))
}

function run(command, args) {
  const {status, stdout, stderr} = spawnSync(command, args.map(String), {
    env: environment,
    maxBuffer: 64 * 2 ** 20,
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout}`)
  return String(stdout)
}

async function put(url, key, file) {
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  const s3 = new S3Client({endpoint: url, region, credentials, forcePathStyle: true})
  const body = {Body: createReadStream(file), ContentLength: statSync(file).size}
  await s3.send(new PutObjectCommand({Bucket: bucket, Key: key, ...body}))
  s3.destroy()
}

/** Processor time that a process has used so far, and the most memory that it ever held. */
function usedBy(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  const ticks = Number(fields[11]) + Number(fields[12])
  return {cpuSeconds: ticks / 100, peakMb: Math.round(Number(peak?.[1] ?? 0) / 1024)}
}
