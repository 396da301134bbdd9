const {spawn, spawnSync} = require('node:child_process')
const {existsSync, mkdirSync, mkdtempSync} = require('node:fs')
const {join} = require('node:path')

const root = join(__dirname, '..')
const tool = join(root, 'bin', 'run.js')

/** A folder for one part's data, below bench/out. */
function workFolder(name) {
  const base = join(__dirname, 'out', 'work')
  mkdirSync(base, {recursive: true})
  return mkdtempSync(join(base, `${name}-`))
}

/** Wall time of one process from start to exit, in milliseconds. Throws when it fails. */
function timeOnce(command, args, env) {
  const startedAt = process.hrtime.bigint()
  const {status, stderr} = spawnSync(command, args, {env: {...process.env, ...env}})
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
  return Number(process.hrtime.bigint() - startedAt) / 1e6
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Medians of several commands, run in turn so that a drift of the machine meets all of them alike. */
function timeInTurn(commands, runs) {
  const times = commands.map(() => [])
  for (let i = -1; i < runs; i += 1) {
    for (const [n, {command, args, env}] of commands.entries()) {
      const ms = timeOnce(command, args, env)
      if (i >= 0) times[n].push(ms)
    }
  }
  return times.map(median)
}

/** Starts a serving process and resolves with its first line of output once it is there. */
function startServer(command, args, env = {}) {
  const child = spawn(command, args, {env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']})
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve({line: text.split('\n')[0], stop: () => stop(child), pid: child.pid})
    })
    child.stderr.resume()
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready`)))
  })
}

function stop(child) {
  child.removeAllListeners('exit')
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}

const region = 'eu-west-1'

/** What a local endpoint and other people's programs want to be told, whatever the machine says. */
const awsEnvironment = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
}

/** Starts a local endpoint on a free port and resolves with its address once it is there. */
async function localEndpoint(dataDir) {
  const args = [tool, 'local', 'start', '--port', '0', '--data-dir', dataDir, '--json']
  const {line, ...serving} = await startServer(process.execPath, args)
  return {url: JSON.parse(line).endpoint, ...serving}
}

/** A program of the peers' Python environment, or undefined where it is not installed (`npm run test:peers` installs it). */
function peer(name) {
  const path = join(root, '.peers', 'venv', 'bin', name)
  return existsSync(path) ? path : undefined
}

module.exports = {
  ...{
    root,
    tool,
    region,
    workFolder,
    timeInTurn,
    timeOnce,
    startServer,
    localEndpoint,
    awsEnvironment,
    peer,
    median,
  },
}
