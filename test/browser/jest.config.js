const {projects} = require('../../jest.config')

module.exports = {
  ...projects[0],
  displayName: 'browser',
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.browser.ts'],
  testTimeout: 120_000,
  setupFiles: ['../_helpers/setup.ts'],
}
