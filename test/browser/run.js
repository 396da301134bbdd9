#!/usr/bin/env node
/**
 * `npm run test:browser`: the pages that the built tool writes, opened in a real Chromium without a window. The browser is the
 * system's (Debian: `apt-get install chromium`), or the one that CHROMIUM names; nothing is downloaded. With CI set, a machine
 * without one is a failure; otherwise it is named as skipped. Pictures of every page lie in `.peers/browser` afterwards.
 */
const {spawnSync} = require('node:child_process')
const {existsSync} = require('node:fs')
const {delimiter, join} = require('node:path')

const root = join(__dirname, '..', '..')

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
}

function run(args, env = {}) {
  const done = spawnSync(process.execPath, args, {cwd: root, stdio: 'inherit', env: {...process.env, ...env}})
  return done.status === 0
}

const chromium = findChromium()
if (chromium === undefined) {
  process.stderr.write(
    'SKIPPED: there is no Chromium (apt-get install chromium; set CI=1 to make this a failure)\n',
  )
  process.exit(process.env.CI ? 1 : 0)
}
if (!run([join(root, 'scripts', 'setup.js')])) process.exit(1)
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
const words = ['--config', join(__dirname, 'jest.config.js'), ...process.argv.slice(2)]
process.exit(run([jest, ...words], {CHROMIUM: chromium}) ? 0 : 1)
