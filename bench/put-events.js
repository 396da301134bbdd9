const {spawn, spawnSync} = require('node:child_process')
const {join} = require('node:path')
const {CreateEventBusCommand, EventBridgeClient} = require('@aws-sdk/client-eventbridge')
const {DeleteDiscovererCommand, ListDiscoverersCommand, SchemasClient} = require('@aws-sdk/client-schemas')
const {localEndpoint, median, peer, region, startServer, tool, workFolder} = require('./processes')

const seconds = 4
const rounds = 3
const eventsPerRequest = 10

/**
 * Durable PutEvents per second at 8 and 32 connections: the endpoint with the rule and stream of a binding, so that every event is
 * matched, synced, delivered to the stream's buffer and from there to gzipped objects (and the same with the binding's schema
 * discoverer on); a bare server that parses the same bodies; that with a sync per batch; moto, which only answers.
 */
exports.putEvents = async () => {
  const servers = [
    await endpoint('endpoint', {discovering: false}),
    await endpoint('endpointDiscovering', {discovering: true}),
    await bare('bareParsing', []),
    await bare('barePlusSync', ['--sync', join(workFolder('sync'), 'log')]),
  ]
  const moto = await motoServer()
  if (moto) servers.push(moto)
  for (const {url} of servers) await eventsPerSecond(url, 8)
  const result = {}
  for (const connections of [8, 32]) {
    const rates = new Map(servers.map(({name}) => [name, []]))
    for (let round = 0; round < rounds; round += 1) {
      for (const {name, url} of servers) rates.get(name).push(await eventsPerSecond(url, connections))
    }
    const medians = [...rates].map(([name, all]) => [name, Math.round(median(all))])
    result[`connections${connections}`] = ratios(Object.fromEntries(medians))
  }
  for (const {stop} of servers) await stop()
  const aims = {endpointPerBare: 0.5, endpointPerMoto: 10}
  return {...result, aims, moto: moto ? 'moto_server' : 'moto is not installed'}
}

function ratios(rates) {
  return {
    eventsPerSecond: rates,
    endpointPerBare: rates.endpoint / rates.bareParsing,
    endpointDiscoveringPerBare: rates.endpointDiscovering / rates.bareParsing,
    endpointPerBarePlusSync: rates.endpoint / rates.barePlusSync,
    ...(rates.moto ? {endpointPerMoto: rates.endpoint / rates.moto} : {}),
  }
}

async function endpoint(name, {discovering}) {
  const dataDir = workFolder(name)
  const {url, stop} = await localEndpoint(dataDir)
  const bind = spawnSync(process.execPath, [
    tool,
    'bind-target',
    '--yes',
    '--endpoint-url',
    url,
    '--region',
    region,
  ])
  if (bind.status !== 0) throw new Error(`bind-target failed: ${bind.stderr}`)
  if (!discovering) await deleteDiscoverers(url)
  return {name, url, stop}
}

async function deleteDiscoverers(endpointUrl) {
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  const schemas = new SchemasClient({endpoint: endpointUrl, region, credentials})
  const {Discoverers = []} = await schemas.send(new ListDiscoverersCommand({}))
  for (const {DiscovererId} of Discoverers) await schemas.send(new DeleteDiscovererCommand({DiscovererId}))
}

async function bare(name, args) {
  const {line, stop} = await startServer(process.execPath, [join(__dirname, 'bare-server.js'), ...args])
  return {name, url: line, stop}
}

async function motoServer() {
  const program = peer('moto_server')
  if (!program) return undefined
  const port = 45_771
  const child = spawn(program, ['-p', String(port)], {stdio: 'ignore'})
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; ; i += 1) {
    const up = await fetch(`${url}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) break
    if (i > 100) throw new Error('moto_server does not come up')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
  await new EventBridgeClient({endpoint: url, region, credentials}).send(
    new CreateEventBusCommand({Name: 'usage'}),
  )
  return {
    name: 'moto',
    url,
    stop: () => new Promise((resolve) => child.once('exit', resolve) && child.kill('SIGTERM')),
  }
}

/** Runs the load in a process of its own, so that the server has a core to itself. */
function eventsPerSecond(url, connections) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [
      join(__dirname, 'load.js'),
      url,
      String(connections),
      String(seconds),
    ])
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.once('exit', (code) => {
      if (code !== 0) return reject(new Error(`load against ${url} failed: ${err}`))
      const {requests, seconds: took} = JSON.parse(out)
      resolve((requests * eventsPerRequest) / took)
    })
  })
}
