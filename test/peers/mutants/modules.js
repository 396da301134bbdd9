/**
 * Evaluates TypeScript modules in this process, each read and translated once, but anew for each mutant: so a mutant costs a
 * fraction of a second.
 */
const {transformSync} = require('esbuild')
const fs = require('node:fs')
const {dirname, join} = require('node:path')
const vm = require('node:vm')

const texts = new Map()
/** The files of the cases do not change between two mutants. */
const cachedFs = {
  ...fs,
  readFileSync(file, encoding) {
    if (!texts.has(file)) texts.set(file, fs.readFileSync(file, encoding))
    return texts.get(file)
  },
}

function translate(file, text) {
  const {code} = transformSync(text, {loader: 'ts', format: 'cjs', target: 'es2022', sourcefile: file})
  return vm.runInThisContext(
    `(function (exports, require, module, __dirname, describe, it, expect) {${code}\n})`,
    {filename: file},
  )
}

const translated = new Map()

function moduleOf(file) {
  if (!translated.has(file)) translated.set(file, translate(file, fs.readFileSync(file, 'utf8')))
  return translated.get(file)
}

/**
 * A function that loads modules by their file, all of them new. `changed` is the text that stands for a file's own; `jest`
 * has what test files expect to find around them.
 */
exports.loader = function loader(changed, jest = {}) {
  const loaded = new Map()
  const load = (file) => {
    if (loaded.has(file)) return loaded.get(file).exports
    const module = {exports: {}}
    loaded.set(file, module)
    const evaluate = file === changed?.file ? translate(file, changed.text) : moduleOf(file)
    const requireFrom = (name) => {
      if (name === 'node:fs') return cachedFs
      return name.startsWith('.') ? load(`${join(dirname(file), name)}.ts`) : require(name)
    }
    evaluate(module.exports, requireFrom, module, dirname(file), jest.describe, jest.it, jest.expect)
    return module.exports
  }
  return load
}

/** Runs a function; throws when it does not end within `timeout` milliseconds. */
exports.within = function within(timeout, run) {
  globalThis.runWithin = run
  return vm.runInThisContext('runWithin()', {timeout})
}
