const {readdirSync, readFileSync} = require('node:fs')
const {join} = require('node:path')
const {maxWorkers, projects, randomize, testTimeout} = require('../jest.config')

/** Tests that try more here: of properties, and of sizes (`test/_helpers/runs.ts`). */
const triedMore = readdirSync(__dirname, {recursive: true})
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => /\bruns\(|_helpers\/properties'/.test(readFileSync(join(__dirname, name), 'utf8')))

/** Searches that take their time: every break, every kill, every permission, hostile inputs by the thousand. */
module.exports = {
  ...projects[0],
  displayName: 'long',
  maxWorkers,
  randomize,
  // A command that was interrupted in this process may leave a connection behind.
  forceExit: true,
  testTimeout,
  rootDir: __dirname,
  testMatch: ['<rootDir>/lib/**/*.long.ts', ...triedMore.map((name) => `<rootDir>/${name}`)],
  setupFiles: ['./_helpers/setup.ts'],
  globals: {isLongRun: true},
}
