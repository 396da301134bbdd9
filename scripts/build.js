/**
 * Builds the tool: `dist/main.js` (start-up and dispatch), `dist/commands/**` (one file per command), `dist/chunk-*.js` (what
 * they share, loaded when first needed), and `oclif.manifest.json` (the table of commands, so that a start loads one of them only).
 *
 * esbuild splits code for ES modules only, so it bundles to ES modules first and then turns each file into CommonJS.
 * Native packages and what oclif can do without stay outside.
 */
const {build, transform} = require('esbuild')
const {mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync} = require('node:fs')
const {dirname, join, relative, sep} = require('node:path')

const root = join(__dirname, '..')
const dist = join(root, 'dist')
const external = ['lmdb', '@duckdb/node-api', '@duckdb/node-bindings', 'typescript', 'ts-node', 'tsx']

/** Ids of all commands, sorted: `src/commands/events/send.ts` is `events:send`. */
function commandIds(folder = join(root, 'src', 'commands')) {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.replace(/\.ts$/, '').split(sep).join(':'))
    .sort()
}

/** The module `usage-tracker:commands`: command id -> class, each file loaded when its class is first asked for. */
const commandTable = {
  name: 'command-table',
  setup(esbuild) {
    esbuild.onResolve({filter: /^usage-tracker:commands$/}, (args) => ({
      path: args.path,
      namespace: 'commands',
    }))
    esbuild.onLoad({filter: /.*/, namespace: 'commands'}, () => {
      const entries = commandIds().map((id) => {
        const file = JSON.stringify(`./commands/${id.replaceAll(':', '/')}.js`)
        return `  get ${JSON.stringify(id)}() { return require(${file}).default },`
      })
      return {contents: `export const commands = {\n${entries.join('\n')}\n}\n`, loader: 'js'}
    })
    // Said by the table above; these files are entry points of their own.
    esbuild.onResolve({filter: /^\.\/commands\/.*\.js$/, namespace: 'commands'}, (args) => ({
      path: args.path,
      external: true,
    }))
  },
}

/** Packages that oclif loads at every start and most runs never call. */
const rarelyUsed =
  /^(semver|ejs|minimatch|tinyglobby|lilconfig|cli-spinners|clean-stack|indent-string|wrap-ansi|string-width|widest-line|get-package-type)$/

/** Puts such a package off until the first call or the first look at one of its members. */
const putOff = {
  name: 'put-off',
  setup(esbuild) {
    esbuild.onResolve({filter: rarelyUsed}, (args) => {
      if (!args.importer.includes(`${sep}@oclif${sep}core${sep}`)) return undefined
      return {path: args.path, namespace: 'put-off', pluginData: args.resolveDir}
    })
    esbuild.onLoad({filter: /.*/, namespace: 'put-off'}, (args) => ({
      resolveDir: args.pluginData,
      contents: `
        let real
        const load = () => (real ??= require(${JSON.stringify(args.path)}))
        module.exports = new Proxy(function () {}, {
          get: (_, key) => (key === '__esModule' ? false : load()[key]),
          apply: (_, self, words) => load().apply(self, words),
        })`,
    }))
  },
}

/** The members of `@oclif/core` that the tool uses, without the index that loads and checks all there are. */
const oclifMembers = `
  export {Command} from '@oclif/core/command'
  export {Config} from '@oclif/core/config'
  export {settings} from '@oclif/core/settings'
  export * as Args from '@oclif/core/args'
  export * as Errors from '@oclif/core/errors'
  export * as Flags from '@oclif/core/flags'`

const slimOclif = {
  name: 'slim-oclif',
  setup(esbuild) {
    esbuild.onResolve({filter: /^@oclif\/core$/}, () => ({
      path: 'members',
      namespace: 'oclif',
      sideEffects: false,
    }))
    esbuild.onLoad({filter: /.*/, namespace: 'oclif'}, () => ({
      contents: oclifMembers,
      resolveDir: root,
      loader: 'js',
    }))
  },
}

/**
 * oclif sorts commands by `localeCompare`, whose first call takes Node 7 ms, a seventh of its start. Ids are plain ASCII, so the
 * order by code is the same.
 */
const plainSort = {
  name: 'plain-sort',
  setup(esbuild) {
    esbuild.onLoad({filter: /@oclif[\\/]core[\\/]lib[\\/]config[\\/]plugin\.js$/}, (args) => {
      const text = readFileSync(args.path, 'utf8')
      const contents = text.replace('a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : 1)')
      if (contents === text)
        throw new Error(`${args.path} sorts in another way now: look whether plainSort is still needed`)
      return {contents, loader: 'js'}
    })
  },
}

async function bundle() {
  const commands = commandIds().map((id) => join(root, 'src', 'commands', `${id.replaceAll(':', '/')}.ts`))
  return build({
    entryPoints: [join(root, 'src', 'main.ts'), ...commands],
    absWorkingDir: root,
    outbase: join(root, 'src'),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The AWS SDK's ES modules can be cut down to what is used, and there is then one copy of each.
    mainFields: ['module', 'main'],
    external,
    loader: {'.sql': 'text'},
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
    plugins: [commandTable, slimOclif, putOff, plainSort],
  })
}

/**
 * A CommonJS package that is imported with `import()` becomes a file whose only export is `default`; its names would be gone.
 * As CommonJS it can hand out the package itself, and `import {name}` finds what it looks for.
 */
function withNames(text) {
  return text.replace(/export default (require_\w+)\(\);\s*$/, 'module.exports = $1();\n')
}

/** CommonJS text of one bundled file. `import()` of a part becomes `require` inside a promise. */
async function toCommonJs(text) {
  const result = await transform(withNames(text), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Names stay: stack traces can be read, and keeping them apart from shortened ones would cost at every closure that is made.
    minifyWhitespace: true,
    minifySyntax: true,
    supported: {'dynamic-import': false},
    logLevel: 'error',
  })
  return result.code
}

/** Two copies of one package would break `instanceof` and the SDK's registries. */
function refuseTwins(metafile) {
  const kinds = new Map()
  for (const file of Object.keys(metafile.inputs)) {
    const match = /^node_modules\/(@(?:aws-sdk|smithy)\/[^/]+)\/(dist-es|dist-cjs)\//.exec(file)
    if (match) kinds.set(match[1], (kinds.get(match[1]) ?? new Set()).add(match[2]))
  }
  const twins = [...kinds].filter(([, forms]) => forms.size > 1).map(([name]) => name)
  if (twins.length > 0) throw new Error(`bundled twice, as ES modules and as CommonJS: ${twins.join(', ')}`)
}

/** The licences of the packages that stand in the bundle: they ask to be handed on with it. */
function licences(metafile) {
  const folders = new Set()
  for (const file of Object.keys(metafile.inputs)) {
    const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)
    if (match) folders.add(match[0])
  }
  const namesByText = new Map()
  for (const folder of [...folders].sort()) {
    const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : `Licence: ${license}`
    namesByText.set(text, [...(namesByText.get(text) ?? []), `${name} ${version}`])
  }
  const parts = [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
  return {path: join(dist, 'THIRD-PARTY-LICENCES.txt'), code: parts.join(`\n${'-'.repeat(78)}\n\n`)}
}

/** Writes the new files before it removes the old ones, so that a process that runs meanwhile finds its parts. */
function replaceDist(files, startedAt) {
  for (const file of files) {
    mkdirSync(dirname(file.path), {recursive: true})
    writeFileSync(file.path, file.code)
  }
  const fresh = new Set(files.map((file) => file.path))
  for (const entry of readdirSync(dist, {recursive: true, withFileTypes: true})) {
    const path = join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isFile() && !fresh.has(path)) rmSync(path)
  }
  // As old as what was read: a source that was saved during the build makes it stale (scripts/setup.js).
  utimesSync(join(dist, 'main.js'), startedAt, startedAt)
}

async function main() {
  const started = performance.now()
  const startedAt = new Date()
  const result = await bundle()
  refuseTwins(result.metafile)
  const files = await Promise.all(
    result.outputFiles.map(async (file) => ({path: file.path, code: await toCommonJs(file.text)})),
  )
  replaceDist([...files, licences(result.metafile)], startedAt)
  const {manifestText} = require('./manifest')
  writeFileSync(join(root, 'oclif.manifest.json'), await manifestText(root))
  const sizeKb = files.reduce((sum, file) => sum + file.code.length, 0) / 1024
  if (!process.argv.includes('--quiet')) {
    process.stderr.write(
      `built ${files.length} files, ${sizeKb.toFixed(0)} KB, in ${(performance.now() - started).toFixed(0)} ms\n`,
    )
  }
}

if (require.main === module) {
  main().catch((error) => {
    process.stderr.write(`${error.stack ?? error}\n`)
    process.exitCode = 1
  })
}

module.exports = {commandIds}
