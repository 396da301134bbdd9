const peers = require('../jest.config')

module.exports = {
  ...peers,
  displayName: 'trino',
  rootDir: __dirname,
  testMatch: ['<rootDir>/*.engine.ts'],
  setupFiles: ['../../_helpers/setup.ts'],
}
