/**
 * Brings a fresh checkout to where the tool runs: installs what package-lock.json says, builds what is newer than `dist`.
 * Does nothing when nothing is missing. Needs nothing but Node.
 */
const {execFileSync} = require('node:child_process')
const {createHash} = require('node:crypto')
const {existsSync, readFileSync, readdirSync, statSync, writeFileSync} = require('node:fs')
const {join} = require('node:path')

const root = join(__dirname, '..')
const installedMark = join(root, 'node_modules', '.usage-tracker-lock')
const built = join(root, 'dist', 'main.js')
const sources = [
  'src',
  'reports',
  'scripts/build.js',
  'scripts/manifest.js',
  'package.json',
  'package-lock.json',
]

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

/** npm leaves its own lock file inside node_modules; one as new as ours was installed from it. */
function isInstalled() {
  const lock = join(root, 'package-lock.json')
  if (existsSync(installedMark)) return readFileSync(installedMark, 'utf8') === hashOf(lock)
  const theirs = join(root, 'node_modules', '.package-lock.json')
  return existsSync(theirs) && statSync(theirs).mtimeMs >= statSync(lock).mtimeMs
}

function install() {
  process.stderr.write('installing dependencies ...\n')
  const npm = process.env.npm_execpath
  const command = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const args = [...command[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync(command[0], args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !npm && process.platform === 'win32',
  })
  writeFileSync(installedMark, hashOf(join(root, 'package-lock.json')))
}

/** The newest change of a file, or of a folder and anything in it (a removed file changes its folder). */
function newestChange(path) {
  const stat = statSync(path, {throwIfNoEntry: false})
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(path).map((name) => newestChange(join(path, name)))
  return Math.max(stat.mtimeMs, ...inside)
}

function isBuilt() {
  const stat = statSync(built, {throwIfNoEntry: false})
  if (!stat || !existsSync(join(root, 'oclif.manifest.json'))) return false
  return sources.every((source) => newestChange(join(root, source)) <= stat.mtimeMs)
}

function setup() {
  if (!isInstalled()) install()
  if (!isBuilt()) {
    process.stderr.write('building ...\n')
    execFileSync(process.execPath, [join(__dirname, 'build.js'), '--quiet'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  }
}

if (require.main === module) {
  try {
    setup()
  } catch (error) {
    // What failed has said so itself.
    process.stderr.write(`setup failed: ${error.message}\n`)
    process.exitCode = 1
  }
}

module.exports = {setup}
