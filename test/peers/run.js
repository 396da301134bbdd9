#!/usr/bin/env node
/**
 * `npm run test:peers`: drives the built tool and its endpoint with other people's programs, and puts our pattern matcher
 * beside another one, and the local Athena beside Trino. What it needs from PyPI goes into `.peers/venv`, what it needs of Java into
 * `.peers/event-ruler` and `.peers/trino`. With CI set, a peer that cannot be installed is a failure; otherwise it is named as skipped.
 */
const {spawnSync} = require('node:child_process')
const {existsSync, readFileSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')
const {installEventRuler} = require('./event-ruler/java')
const {installAsyncApi} = require('./schemas/asyncapi')
const {installTrino} = require('./trino/install')

const root = join(__dirname, '..', '..')
const venv = join(root, '.peers', 'venv')
const requirements = join(__dirname, 'requirements.txt')
const stamp = join(venv, 'installed.txt')

function run(command, args, options = {}) {
  return spawnSync(command, args, {cwd: root, stdio: 'inherit', ...options}).status === 0
}

function installPeers() {
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  const pip = join(venv, 'bin', 'pip')
  const done =
    run('python3', ['-m', 'venv', venv]) &&
    run(pip, ['install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  if (done) writeFileSync(stamp, wanted)
  return done
}

const ofVenv = {
  name: 'AWS CLI, boto3, moto, parliament, cfn-lint, openapi-spec-validator, jsonschema',
  tests: ['aws-cli.peer', 'boto3.peer', 'moto.peer', 'permissions.peer', 'policies.peer', 'schemas.peer'],
}

/** Who cannot be had, and the tests that need them. */
function missingPeers() {
  const missing = []
  if (!installPeers()) missing.push(ofVenv)
  if (installEventRuler() === undefined) missing.push({name: 'event-ruler', tests: ['event-ruler.peer']})
  if (!installAsyncApi()) missing.push({name: "AsyncAPI's parser", tests: ['schemas.peer']})
  if (!installTrino()) missing.push({name: 'Trino', tests: ['trino.peer']})
  return missing
}

const set = run(process.execPath, [join(root, 'scripts', 'setup.js')])
if (!set) process.exit(1)
const missing = missingPeers()
for (const {name} of missing) {
  process.stderr.write(`SKIPPED: ${name} could not be installed (set CI=1 to make this a failure)\n`)
}
if (missing.length > 0 && process.env.CI) process.exit(1)
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
const ignored = missing.flatMap(({tests}) => tests).map((test) => `--testPathIgnorePatterns=${test}`)
const passed = run(
  process.execPath,
  [jest, '--config', join(__dirname, 'jest.config.js'), ...ignored, ...process.argv.slice(2)],
  {
    env: {...process.env, PEERS_BIN: join(venv, 'bin')},
  },
)
process.exit(passed ? 0 : 1)
