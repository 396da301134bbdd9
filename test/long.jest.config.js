const {maxWorkers, projects, randomize, testTimeout} = require('../jest.config')

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
  testMatch: ['<rootDir>/lib/**/*.long.ts'],
  setupFiles: ['./_helpers/setup.ts'],
}
