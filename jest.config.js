/** Types are checked by `npm run typecheck`; the transform only strips them, so a test run starts fast. */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js)$': [
      '@swc/jest',
      {jsc: {target: 'es2022', parser: {syntax: 'typescript'}}, module: {type: 'commonjs'}},
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(pure-rand|d3-[a-z-]+|internmap)/)'],
  // These have an .mjs file for import(), which jest does not transform, and the same as .js.
  moduleNameMapper: {'^(d3-[a-z-]+)$': `${__dirname}/node_modules/$1/dist/$1.js`},
  clearMocks: true,
  setupFiles: ['<rootDir>/test/_helpers/setup.ts'],
  globalSetup: `${__dirname}/test/_helpers/quick-folder.ts`,
}

module.exports = {
  // Most suites wait for an endpoint or a process of their own: one worker for every core, not one less.
  maxWorkers: '100%',
  // A machine that is busy with other things is slow, and no test says how fast anything is.
  testTimeout: 60_000,
  randomize: true,
  projects: [
    {...shared, displayName: 'lib', testMatch: ['<rootDir>/test/lib/**/*.test.ts']},
    // These run the built tool (`dist`), as a user would.
    {...shared, displayName: 'cli', testMatch: ['<rootDir>/test/cli/**/*.test.ts']},
  ],
}
