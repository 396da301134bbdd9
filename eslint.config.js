const importX = require('eslint-plugin-import-x')
const jestPlugin = require('eslint-plugin-jest')
const prettier = require('eslint-config-prettier')
const tseslint = require('typescript-eslint')

const lib = './src/lib'
const features = ['binding', 'events', 'schemas', 'reports', 'rules', 'doctor', 'lake']
/** The other features that a feature builds on. */
const builtOn = {
  events: ['reports'],
  rules: ['binding', 'events'],
  schemas: ['binding', 'events'],
  doctor: ['binding', 'events', 'rules'],
  lake: ['binding', 'events', 'reports'],
}
const pure = [
  ...['core', 'render', 'usage-event', 'road', 'permissions', 'pattern', 'schema-model', 'publish'],
  ...['retry', 'pricing'],
]

/** A room may import from the rooms named here, and from itself. Everything else under src is out of bounds. */
const mayImport = {
  core: [],
  render: ['core'],
  'usage-event': ['core'],
  road: ['core', 'usage-event'],
  permissions: ['core', 'road'],
  pattern: ['core'],
  'schema-model': ['core'],
  publish: ['core', 'retry'],
  retry: ['core'],
  pricing: ['core', 'usage-event'],
  aws: ['core'],
  local: ['core', 'pattern', 'schema-model', 'retry'],
  cli: ['core', 'render', 'aws', 'usage-event', 'road', 'permissions', 'pattern', 'local'],
  ...Object.fromEntries(
    features.map((room) => [
      room,
      ['core', 'aws', ...pure.filter((p) => p !== 'render' && p !== 'permissions'), ...(builtOn[room] ?? [])],
    ]),
  ),
}

const zones = Object.entries(mayImport).map(([room, allowed]) => ({
  target: `${lib}/${room}`,
  from: './src',
  except: [...new Set([room, ...allowed])].map((r) => `./lib/${r}`),
  message: `lib/${room} may import ${allowed.length ? allowed.join(', ') : 'nothing'} (docs/architecture.md, "Who may import whom").`,
}))

const services = [
  ...['athena', 'cloudwatch', 'eventbridge', 'firehose', 'glue', 'iam', 'kinesis', 'logs'],
  ...['s3', 'schemas', 'sqs', 'sts'],
]
const serviceZones = services.map((name) => ({
  target: `${lib}/local/services/${name}`,
  from: `${lib}/local/services`,
  except: [`./${name}`],
  message: 'Services of the local endpoint never import each other; the platform stands between.',
}))

module.exports = tseslint.config(
  {
    ignores: [
      'dist/**',
      'coverage/**',
      'node_modules/**',
      'test/peers/.venv/**',
      'bench/out/**',
      '.peers/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {project: './tsconfig.json', tsconfigRootDir: __dirname}},
    plugins: {'import-x': importX},
    settings: {
      'import-x/resolver-next': [
        require('eslint-import-resolver-typescript').createTypeScriptImportResolver(),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', {zones: [...zones, ...serviceZones]}],
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      'max-lines': ['error', {max: 300, skipBlankLines: true, skipComments: true}],
      'max-lines-per-function': ['error', {max: 60, skipBlankLines: true, skipComments: true}],
      complexity: ['error', 14],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/lib/**/*.ts'],
    ignores: ['src/lib/cli/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ThrowStatement > NewExpression[callee.name='Error']",
          message:
            'Throw an OpError (tool) or a ServiceError (local endpoint): every error has a kind and a code.',
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'lib is handed its settings; it does not read the environment.',
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='exit']",
          message: 'lib never exits.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'lib is handed a clock.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'lib is handed a clock.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    plugins: {jest: jestPlugin},
    rules: {
      ...jestPlugin.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', {assertFunctionNames: ['expect', 'expect*', 'fc.assert']}],
      'jest/no-standalone-expect': ['error', {additionalTestBlockFunctions: ['whenThere']}],
    },
  },
  {files: ['**/*.js'], rules: {'@typescript-eslint/no-require-imports': 'off'}},
  prettier,
)
