const {projects} = require('../../jest.config')

module.exports = {
  ...projects[0],
  displayName: 'peers',
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.peer.ts'],
  testTimeout: 120_000,
  setupFiles: ['../_helpers/setup.ts'],
}
