const {projects} = require('../../jest.config')

module.exports = {
  ...projects[0],
  displayName: 'faults',
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.faults.ts'],
  testTimeout: 3_600_000,
  setupFiles: ['../_helpers/setup.ts'],
}
