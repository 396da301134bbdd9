#!/usr/bin/env node
/**
 * `npm run test:peers`: drives the built tool and its endpoint with other people's programs. What it needs from PyPI goes into
 * `.peers/venv`. With CI set, a peer that cannot be installed is a failure; otherwise it is named as skipped.
 */
const {spawnSync} = require('node:child_process')
const {existsSync, readFileSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')

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

const set = run(process.execPath, [join(root, 'scripts', 'setup.js')])
if (!set) process.exit(1)
if (!installPeers()) {
  process.stderr.write('The peers of test/peers/requirements.txt could not be installed.\n')
  if (process.env.CI) process.exit(1)
  process.stderr.write('SKIPPED: AWS CLI, boto3 (set CI=1 to make this a failure)\n')
  process.exit(0)
}
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
const passed = run(
  process.execPath,
  [jest, '--config', join(__dirname, 'jest.config.js'), ...process.argv.slice(2)],
  {
    env: {...process.env, PEERS_BIN: join(venv, 'bin')},
  },
)
process.exit(passed ? 0 : 1)
