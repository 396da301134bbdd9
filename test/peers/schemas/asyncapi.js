/**
 * AsyncAPI's own parser. It stands apart in `.peers/asyncapi`, without the scripts that its packages run when they are installed.
 * As a program: `asyncapi.js FILE...` prints one JSON object, what is wrong with each file.
 */
const {spawnSync} = require('node:child_process')
const {existsSync, mkdirSync, readFileSync, writeFileSync} = require('node:fs')
const {basename, join} = require('node:path')

const home = join(__dirname, '..', '..', '..', '.peers', 'asyncapi')
const wanted = '@asyncapi/parser@3.6.6'
const stamp = join(home, 'installed.txt')

/** Whether the parser is there; the first call fetches it. */
exports.installAsyncApi = function installAsyncApi() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  mkdirSync(home, {recursive: true})
  writeFileSync(join(home, 'package.json'), '{"private": true}\n')
  const args = [
    'install',
    '--prefix',
    home,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const {status} = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, wanted], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status === 0) writeFileSync(stamp, wanted)
  return status === 0
}

async function main(files) {
  const {Parser} = require(join(home, 'node_modules', '@asyncapi', 'parser'))
  const parser = new Parser()
  const found = {}
  for (const file of files) {
    const {diagnostics} = await parser.parse(readFileSync(file, 'utf8'))
    const faults = diagnostics.filter(({severity}) => severity === 0)
    found[basename(file)] = faults.map(({path, message}) => `${path.join('/')} ${message}`)
  }
  process.stdout.write(`${JSON.stringify(found)}\n`)
}

if (require.main === module) void main(process.argv.slice(2))
