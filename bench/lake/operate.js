const {spawnSync} = require('node:child_process')
const {createReadStream, readFileSync, statSync} = require('node:fs')
const {PutObjectCommand, S3Client} = require('@aws-sdk/client-s3')
const {awsEnvironment, region, tool} = require('../processes')

const environment = {...process.env, ...awsEnvironment}
const bucket = `usage-000000000000-${region}`

/** Makes a lake on the endpoint. */
function makeLake(url) {
  usageTracker(url, ['bind-target', '--yes'])
  usageTracker(url, ['lake', 'init', '--yes'])
}

/** What the built tool answers, as JSON. */
function usageTracker(url, words) {
  return JSON.parse(run(process.execPath, [tool, ...words, '--json', '--quiet', '--endpoint-url', url]))
}

/** What a program prints. Throws where it fails. */
function run(command, args) {
  const {status, stdout, stderr} = spawnSync(command, args.map(String), {
    env: environment,
    maxBuffer: 64 * 2 ** 20,
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}${stdout}`)
  return String(stdout)
}

/** Puts a file into the bucket. */
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

module.exports = {bucket, makeLake, usageTracker, run, put, usedBy}
