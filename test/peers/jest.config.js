const {projects} = require('../../jest.config')

module.exports = {
  ...projects[0],
  displayName: 'peers',
  rootDir: __dirname,
  testMatch: ['<rootDir>/**/*.peer.ts'],
  testTimeout: 120_000,
  setupFiles: ['../_helpers/setup.ts'],
  // Data folders lie on the disk: a log of millions of lines goes through them, and their syncs are looked at.
  globalSetup: undefined,
}
