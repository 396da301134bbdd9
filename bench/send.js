const {spawn, spawnSync} = require('node:child_process')
const {createWriteStream, writeFileSync} = require('node:fs')
const {finished} = require('node:stream/promises')
const {join} = require('node:path')
const {awsEnvironment, localEndpoint, median, peer, tool, workFolder} = require('./processes')
const {putEventsBodies} = require('./usage-bodies')

const environment = {...process.env, ...awsEnvironment}
const seconds = 6
const rounds = 3
const fileEvents = 60_000
const cliCalls = 6

/**
 * Events a second into one endpoint with a binding, all in turn: prepared requests over bare sockets, the SDK client with 1 and 8
 * in flight, boto3 with 8 threads, the AWS CLI in a loop, and `events send` of a file, which also reads, checks and accounts.
 */
exports.send = async () => {
  const folder = workFolder('send')
  const {url, stop} = await boundEndpoint(folder)
  const bodies = join(folder, 'bodies.ndjson')
  writeFileSync(bodies, putEventsBodies(200).join('\n'))
  const events = await eventFile(join(folder, 'events.ndjson'))
  const contestants = contestantsAt({url, bodies, events, folder})
  const rates = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants)) {
      const rate = await run()
      if (round >= 0) rates[name].push(rate)
    }
  }
  await stop()
  const eventsPerSecond = Object.fromEntries(
    Object.entries(rates).map(([name, all]) => [name, Math.round(median(all))]),
  )
  const {eventsSend} = eventsPerSecond
  const others = Object.entries(eventsPerSecond).filter(([name]) => name !== 'eventsSend')
  const ratios = others.map(([name, rate]) => [`per_${name}`, eventsSend / rate])
  const aims = {per_sdk8InFlight: 1.5, per_boto3With8Threads: 2}
  return {eventsPerSecond, eventsSend: Object.fromEntries(ratios), aims}
}

function contestantsAt({url, bodies, events, folder}) {
  const python = peer('python')
  const aws = peer('aws')
  const node = process.execPath
  return {
    bareHttpLoop: async () => {
      const {requests, seconds: took} = await answerOf(node, [
        join(__dirname, 'load.js'),
        url,
        '8',
        String(seconds),
      ])
      return (requests * 10) / took
    },
    sdk1InFlight: () => rateOf(node, [join(__dirname, 'send', 'sdk-loop.js'), url, '1', String(seconds)]),
    sdk8InFlight: () => rateOf(node, [join(__dirname, 'send', 'sdk-loop.js'), url, '8', String(seconds)]),
    ...(python && {
      boto3With8Threads: () =>
        rateOf(python, [join(__dirname, 'send', 'boto3_threads.py'), url, bodies, '8', String(seconds)]),
    }),
    ...(aws && {awsCliLoop: () => awsCliRate(aws, url, folder)}),
    eventsSend: async () => {
      const words = ['events', 'send', events, '--concurrency', '8', '--json', '--quiet']
      const {acceptedCount, durationMs} = await answerOf(node, [tool, ...words, '--endpoint-url', url])
      if (acceptedCount !== fileEvents) throw new Error(`${acceptedCount} of ${fileEvents} were accepted`)
      return (acceptedCount * 1000) / durationMs
    },
  }
}

async function rateOf(command, args) {
  const {events, seconds: took} = await answerOf(command, args)
  return events / took
}

function awsCliRate(aws, url, folder) {
  const entries = join(folder, 'entries.json')
  writeFileSync(entries, JSON.stringify(JSON.parse(putEventsBodies(1)[0]).Entries))
  const startedAt = Date.now()
  for (let i = 0; i < cliCalls; i += 1) {
    const words = ['events', 'put-events', '--entries', `file://${entries}`, '--endpoint-url', url]
    const {status, stderr} = spawnSync(aws, words, {env: environment})
    if (status !== 0) throw new Error(String(stderr))
  }
  return (cliCalls * 10 * 1000) / (Date.now() - startedAt)
}

/** Runs a program to its end without holding up this process; answers the JSON that it prints. */
function answerOf(command, args) {
  const child = spawn(command, args, {env: environment, stdio: ['ignore', 'pipe', 'pipe']})
  return new Promise((resolve, reject) => {
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(out))
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${err}`))
    })
  })
}

async function eventFile(path) {
  const out = createWriteStream(path)
  for (const body of putEventsBodies(fileEvents / 10))
    out.write(
      JSON.parse(body)
        .Entries.map(({Detail}) => `${Detail}\n`)
        .join(''),
    )
  await finished(out.end())
  return path
}

async function boundEndpoint(folder) {
  const {url, stop} = await localEndpoint(join(folder, 'data'))
  const words = ['bind-target', '--yes', '--endpoint-url', url]
  const {status, stderr} = spawnSync(process.execPath, [tool, ...words], {env: environment})
  if (status !== 0) throw new Error(`bind-target failed: ${stderr}`)
  return {url, stop}
}
