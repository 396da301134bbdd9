#!/usr/bin/env node
/**
 * `npm run test:trino`: some thousand expressions and queries on real Trino, the engine behind Athena, and on the local endpoint. The queries of the tool
 * itself are among the peers (`npm run test:peers`). It fetches the jars of Trino's server by Maven into `.peers/trino` and needs a Java that runs them; where one of them cannot be had it says so and ends with 0, with CI set with 1.
 */
const {spawnSync} = require('node:child_process')
const {join} = require('node:path')
const {installTrino} = require('./install')

const root = join(__dirname, '..', '..', '..')
const setup = spawnSync(process.execPath, [join(root, 'scripts', 'setup.js')], {cwd: root, stdio: 'inherit'})
if (setup.status !== 0) process.exit(1)
if (!installTrino()) {
  process.stderr.write('SKIPPED: Trino could not be installed (set CI=1 to make this a failure)\n')
  process.exit(process.env.CI ? 1 : 0)
}
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js')
const words = ['--config', join(__dirname, 'jest.config.js'), ...process.argv.slice(2)]
const {status} = spawnSync(process.execPath, [jest, ...words], {cwd: root, stdio: 'inherit'})
process.exit(status ?? 1)
