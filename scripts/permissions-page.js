/** The page `docs/permissions.md`, from the lists in `src/lib/permissions`: the same code makes its policies and those of `--print-policy`. */
const {buildSync} = require('esbuild')
const {readFileSync} = require('node:fs')
const Module = require('node:module')
const {join} = require('node:path')

const root = join(__dirname, '..')

/** The exports of TypeScript sources, bundled in memory. */
function load(...files) {
  const contents = files.map((file) => `export * from './${file}'`).join('\n')
  const stdin = {contents, resolveDir: join(root, 'src', 'lib'), loader: 'ts'}
  const {outputFiles} = buildSync({stdin, bundle: true, platform: 'node', format: 'cjs', write: false})
  const loaded = new Module('permissions')
  loaded._compile(outputFiles[0].text, join(root, 'permissions.js'))
  return loaded.exports
}

/** Names that stand in the page for a user's own. */
const placeholders = {
  accountId: 'ACCOUNT',
  region: 'REGION',
  bus: 'BUS',
  rule: 'RULE',
  stream: 'STREAM',
  bucket: 'BUCKET',
  database: 'DATABASE',
  workgroup: 'WORKGROUP',
  source: 'SOURCE',
  detailType: 'DETAIL-TYPE',
  pattern: '{}',
  tags: {},
}

const shown = (id) => id.replaceAll(':', ' ')
const code = (text) => `\`${text}\``

function row({to, actions, on, only, why}, resources) {
  const when = [only && `only ${only.words}`, why].filter(Boolean).join('; ')
  const names = on.map((name) => resources[name].words)
  return `| ${to} | ${actions.map(code).join('<br>')} | ${names.join(', ')} | ${when} |`
}

function section(id, permissions, {resources, policyOf, roadResources}) {
  const policy = policyOf(id, [{road: roadResources(placeholders), words: {}}])
  return [
    `## ${shown(id)}`,
    '',
    '| to | actions | on | when, and why beside the operation itself |',
    '|---|---|---|---|',
    ...permissions.map((permission) => row(permission, resources)),
    '',
    'Without any flag:',
    '',
    '```json',
    JSON.stringify(policy, undefined, 2),
    '```',
    '',
  ]
}

/** Commands that the lists do not have speak to nobody, or to a local endpoint alone. */
function others(ids) {
  const {commands} = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  return Object.keys(commands)
    .filter((id) => !ids.includes(id))
    .map((id) => code(shown(id)))
    .join(', ')
}

function permissionsPage() {
  const parts = load('permissions/permissions-of', 'permissions/resources', 'permissions/policy', 'road/road')
  const ids = Object.keys(parts.permissionsOf).sort()
  return [
    '# Permissions',
    '',
    'Made from `src/lib/permissions` by `npm run docs`. The least that each command must be let do, and nothing beside it.',
    '',
    '- `--print-policy` prints the policy of a run with your names, account, region and partition, for exactly the flags that stand beside it:',
    '  `usage-tracker bind-target --all --check --print-policy > check.json`. It calls nothing, except that it asks who the caller is',
    '  (which needs no permission) where neither `account:` in the configuration nor `--local` tells the account.',
    '- Words in capitals below stand for names: those of flags, variables and the configuration file, else the defaults.',
    '- No action is a wildcard. A resource is `*` only where AWS has no resource for the action. Names that are known only after',
    '  something was read (the id of a discoverer, the queue that a target has) are wildcards within the account and region.',
    '- The tests hold this page true: every call that a command makes in any of them must be allowed by the policy that the same words print,',
    "  every action here must be called by one of them, and actions and resources are held against AWS's own list of them.",
    '- `USAGE_TRACKER_CALLS=FILE` keeps what a run really calls: a line of JSON for each call, with names and without events, policies and secrets.',
    '- An organization, a permissions boundary, Lake Formation, or a key of KMS on bucket, queue or stream may ask for more.',
    '',
    `No permission is needed for ${others(ids)}.`,
    '',
    ...ids.map((id) => `- [${shown(id)}](#${id.replaceAll(':', '-')})`),
    '',
    ...ids.flatMap((id) => section(id, parts.permissionsOf[id], parts)),
  ].join('\n')
}

module.exports = {permissionsPage}
