/**
 * Runs the committed cases, `test/lib/pattern/cases.test.ts` as it is, in this process and in a fraction of a second: its
 * modules are read and translated once, and evaluated anew for each mutant.
 */
const {transformSync} = require('esbuild')
const assert = require('node:assert')
const fs = require('node:fs')
const {dirname, join} = require('node:path')
const {isDeepStrictEqual} = require('node:util')
const vm = require('node:vm')

const root = join(__dirname, '..', '..', '..')
const testFile = join(root, 'test', 'lib', 'pattern', 'cases.test.ts')

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
    {
      filename: file,
    },
  )
}

const translated = new Map()

function moduleOf(file) {
  if (!translated.has(file)) translated.set(file, translate(file, fs.readFileSync(file, 'utf8')))
  return translated.get(file)
}

/** What the test file uses of jest. */
function expect(actual) {
  const check = (holds) => assert.ok(holds)
  return {
    toBe: (expected) => check(Object.is(actual, expected)),
    toEqual: (expected) => check(isDeepStrictEqual(actual, expected)),
    toBeGreaterThan: (expected) => check(actual > expected),
  }
}

const describe = (name, tests) => tests()
const it = (name, test) => test()
it.each = (table) => (name, test) => table.forEach((row) => test(row))

/** Runs all cases; throws on the first one that fails. `changed` is the text that stands for a file's own. */
function runAll(changed) {
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
    evaluate(module.exports, requireFrom, module, dirname(file), describe, it, expect)
    return module.exports
  }
  load(testFile)
}

/**
 * Whether the committed cases notice that a file has another text: one fails, or they do not end within `timeout`
 * milliseconds.
 */
exports.areNoticed = function areNoticed(changed, timeout) {
  globalThis.runCommittedCases = () => runAll(changed)
  try {
    vm.runInThisContext('runCommittedCases()', {timeout})
    return false
  } catch {
    return true
  }
}
